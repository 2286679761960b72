/**
 * POST /api/sync: push and pull in one round trip. Authorization: Bearer <token of one person on
 * one device>. Bodies are JSON or its small form (compact.ts), gzip'ed when larger than a packet.
 *
 * Promises. Each record gets a result; a result `ok` is sent only after the commit that holds the
 * record, and {n, tag} is its receipt. One bad record never blocks its neighbours. A page's rows
 * and cursor belong together: apply both or neither. Rows of the asking device are left out unless
 * `own` asks for them. Repeating a request changes nothing (`dup`).
 * Since version 2 both sides may leave out what the other knows (brief.ts); whoever asks in full is
 * answered in full.
 * Requests are strict, so that a slip shows; of answers a phone passes over members that it does not
 * know, so that an old phone goes on reading a newer server.
 * A token that is over (revoked, or renewed under another id) hands in what its device still holds:
 * results only, without pages and grants, most of it to-confirm; with nothing to hand in, or beyond
 * 500 records, it is told session.revoked.
 * A record of another device names device and author; only a desk of its scope brings one.
 * The other side may not assume: order of scopes, that a page is full, that `more` will end soon.
 */
import * as v from 'valibot';
import { VIEWS } from '#domain/audience.ts';
import { ROLES } from '#domain/roles.ts';
import { uuid } from '#domain/bodies/shared.ts';
import { REFUSED_MAX } from './limits.ts';
import { rowSchema } from './record.ts';

/** The most records in one request. */
export const BATCH_MAX = 500;
/** The most bytes of a request as sent (gzip) and after inflation: 500 records of 2 KB and room. */
export const REQUEST_MAX_BYTES = 256 * 1024;
export const INFLATED_MAX_BYTES = 1_536 * 1024;
/** What a phone may want of an answer, in inflated bytes of rows. */
export const WANT_MIN_BYTES = 2 * 1024;
export const WANT_MAX_BYTES = 512 * 1024;
/** What a request wants that does not say it: about 15 KiB on the wire. */
export const WANT_DEFAULT_BYTES = 64 * 1024;

/** A person follows a handful. */
const VIEWS_MAX = 64;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const scope = v.pipe(v.string(), v.maxLength(64));

/** A place in a scope's history: the number of its last row and 8 bytes of rolling hash, base64url. */
export const cursorSchema = v.strictObject({ n: count, tag: v.pipe(v.string(), v.maxLength(16)) });
export type Cursor = v.InferOutput<typeof cursorSchema>;

/**
 * Signature over `<device> <upTo> <head>` by the device's key: vouches for its chain up to `upTo`.
 * `refused` (since version 2): records of the chain that the server did not take, the latest; the
 * head says whether the hashes are right.
 */
export const sealSchema = v.strictObject({
  /** Left out when it is the sender's own. */
  device: v.optional(uuid),
  upTo: count,
  head: v.pipe(v.string(), v.maxLength(64)),
  signature: v.pipe(v.string(), v.maxLength(128)),
  refused: v.optional(
    v.pipe(
      v.array(v.strictObject({ seq: count, hash: v.pipe(v.string(), v.maxLength(64)) })),
      v.maxLength(REFUSED_MAX),
    ),
  ),
});
export type Seal = v.InferOutput<typeof sealSchema>;

export const syncRequestSchema = v.strictObject({
  v: count,
  /** The token says it too: left out since version 2. */
  device: v.optional(uuid),
  /** The history that the cursors speak of; '' before the first answer. Left out since version 2. */
  epoch: v.optional(v.pipe(v.string(), v.maxLength(64))),
  cursors: v.optional(
    v.pipe(
      v.array(v.strictObject({ scope, view: v.picklist(VIEWS), ...cursorSchema.entries })),
      v.maxLength(VIEWS_MAX),
    ),
  ),
  /** The epoch and grants that the phone goes by, named by brief.ts: asks for a brief answer. */
  knows: v.optional(v.pipe(v.string(), v.maxLength(16))),
  /** n and tag of each view that these grants give, in the order of `viewsOf`; in place of `cursors`. */
  at: v.optional(
    v.pipe(
      v.array(v.union([cursorSchema.entries.n, cursorSchema.entries.tag])),
      v.maxLength(2 * VIEWS_MAX),
    ),
  ),
  want: v.optional(v.pipe(count, v.maxValue(WANT_MAX_BYTES))),
  /** Send this device's own rows too: its store was empty or was lost. */
  own: v.optional(v.boolean()),
  /** Records are checked one by one, so that a bad one costs only itself. */
  records: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(BATCH_MAX))),
  seals: v.optional(v.pipe(v.array(sealSchema), v.maxLength(BATCH_MAX))),
  /** Since version 2: this device's new public key (as in joining), where the one it had is lost. */
  key: v.optional(v.pipe(v.string(), v.maxLength(128))),
});
export type SyncRequest = v.InferOutput<typeof syncRequestSchema>;

/**
 * ok: stored · dup: was stored before · later: not now, send again · to-confirm: stored, a person
 * decides · invalid, forbidden: not stored; the phone keeps it apart and shows it.
 */
export const RESULT_CODES = ['ok', 'dup', 'later', 'to-confirm', 'invalid', 'forbidden'] as const;
export type ResultCode = (typeof RESULT_CODES)[number];

/**
 * Results of the records `from`…`to` by seq, of one device and scope. With a receipt, {n, tag} is
 * that of `to`, and each earlier seq has the n before.
 */
export const resultRunSchema = v.object({
  /** Left out when it is the sender's own device. */
  device: v.optional(uuid),
  from: count,
  /** Left out in a brief answer where it is `from`. */
  to: v.optional(count),
  code: v.picklist(RESULT_CODES),
  n: v.optional(count),
  tag: v.optional(v.string()),
  /** For invalid, forbidden and (since version 2) to-confirm: a short code. */
  reason: v.optional(v.string()),
});
type BriefRun = v.InferOutput<typeof resultRunSchema>;
export type ResultRun = BriefRun & Required<Pick<BriefRun, 'to'>>;

export const pageSchema = v.object({
  /** Which view: by name, or in a brief answer by its place among those of the grants known. */
  scope: v.optional(scope),
  view: v.optional(v.picklist(VIEWS)),
  place: v.optional(count),
  rows: v.optional(v.array(rowSchema)),
  cursor: cursorSchema,
  more: v.optional(v.boolean()),
  /** The cursor's tag was not of this history: begin this view again from 0 and push everything again. */
  reset: v.optional(v.boolean()),
});
type BriefPage = v.InferOutput<typeof pageSchema>;
/** A page with nothing left out. */
export type Page = Pick<BriefPage, 'cursor' | 'reset'> &
  Required<Pick<BriefPage, 'scope' | 'view' | 'rows' | 'more'>>;

export const grantSchema = v.object({ scope, role: v.picklist(ROLES) });

export const syncAnswerSchema = v.object({
  v: count,
  epoch: v.optional(v.string()),
  /** Server time, ms. */
  now: v.number(),
  results: v.optional(v.array(resultRunSchema)),
  /** Views in which there was anything; a view that is not named stands as it was. */
  pages: v.optional(v.array(pageSchema)),
  /** The person's roles as they are now; a view that they no longer give is to be emptied. */
  grants: v.optional(v.array(grantSchema)),
  more: v.optional(v.boolean()),
  /**
   * Since version 2, only where a seal was sent and did not take: the sender's chain is verified up
   * to here. A phone whose chain no longer fits goes on under a new device id (protocol/renew.ts).
   */
  sealed: v.optional(count),
});
export type BriefAnswer = v.InferOutput<typeof syncAnswerSchema>;
/** An answer with nothing left out. */
export type SyncAnswer = Required<Omit<BriefAnswer, 'pages' | 'results' | 'sealed'>> &
  Pick<BriefAnswer, 'sealed'> & { pages: Page[]; results: ResultRun[] };
