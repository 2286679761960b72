/**
 * POST /api/sync: push and pull in one round trip. Authorization: Bearer <token of one person on
 * one device>. Bodies are JSON, gzip'ed when larger than a packet.
 *
 * Promises. Each record gets a result; a result `ok` is sent only after the commit that holds the
 * record, and {n, tag} is its receipt. One bad record never blocks its neighbours. A page's rows
 * and cursor belong together: apply both or neither. Rows of the asking device are left out unless
 * `own` asks for them. Repeating a request changes nothing (`dup`).
 * Requests are strict, so that a slip shows; of answers a phone passes over members that it does not
 * know, so that an old phone goes on reading a newer server.
 * The other side may not assume: order of scopes, that a page is full, that `more` will end soon.
 */
import * as v from 'valibot';
import { VIEWS } from '#domain/audience.ts';
import { ROLES } from '#domain/roles.ts';
import { uuid } from '#domain/bodies/shared.ts';
import { rowSchema } from './record.ts';

/** The most records in one request. */
export const BATCH_MAX = 500;
/** The most bytes of a request as sent (gzip) and after inflation: 500 records of 2 KB and room. */
export const REQUEST_MAX_BYTES = 256 * 1024;
export const INFLATED_MAX_BYTES = 1_536 * 1024;
/** What a phone may want of an answer, in inflated bytes of rows. */
export const WANT_MIN_BYTES = 2 * 1024;
export const WANT_MAX_BYTES = 512 * 1024;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const scope = v.pipe(v.string(), v.maxLength(64));

/** A place in a scope's history: the number of its last row and 8 bytes of rolling hash, base64url. */
export const cursorSchema = v.strictObject({ n: count, tag: v.pipe(v.string(), v.maxLength(16)) });
export type Cursor = v.InferOutput<typeof cursorSchema>;

/** Before any row. */
export const CURSOR_START: Cursor = { n: 0, tag: '' };

/** Signature over `<device> <upTo> <head>` by the device's key: vouches for its chain up to `upTo`. */
export const sealSchema = v.strictObject({
  device: uuid,
  upTo: count,
  head: v.pipe(v.string(), v.maxLength(64)),
  signature: v.pipe(v.string(), v.maxLength(128)),
});
export type Seal = v.InferOutput<typeof sealSchema>;

export const syncRequestSchema = v.strictObject({
  v: count,
  device: uuid,
  /** The history that the cursors speak of; '' before the first answer. */
  epoch: v.pipe(v.string(), v.maxLength(64)),
  cursors: v.pipe(
    v.array(v.strictObject({ scope, view: v.picklist(VIEWS), ...cursorSchema.entries })),
    v.maxLength(64),
  ),
  want: v.pipe(count, v.maxValue(WANT_MAX_BYTES)),
  /** Send this device's own rows too: its store was empty or was lost. */
  own: v.optional(v.boolean()),
  /** Records are checked one by one, so that a bad one costs only itself. */
  records: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(BATCH_MAX))),
  seals: v.optional(v.pipe(v.array(sealSchema), v.maxLength(BATCH_MAX))),
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
  to: count,
  code: v.picklist(RESULT_CODES),
  n: v.optional(count),
  tag: v.optional(v.string()),
  /** For invalid and forbidden: a short code that locales/ explains. */
  reason: v.optional(v.string()),
});
export type ResultRun = v.InferOutput<typeof resultRunSchema>;

export const pageSchema = v.object({
  scope,
  view: v.picklist(VIEWS),
  rows: v.array(rowSchema),
  cursor: cursorSchema,
  more: v.boolean(),
  /** The cursor's tag was not of this history: begin this view again from 0 and push everything again. */
  reset: v.optional(v.boolean()),
});
export type Page = v.InferOutput<typeof pageSchema>;

export const grantSchema = v.object({ scope, role: v.picklist(ROLES) });

export const syncAnswerSchema = v.object({
  v: count,
  epoch: v.string(),
  /** Server time, ms. */
  now: v.number(),
  results: v.array(resultRunSchema),
  /** Views in which there was anything; a view that is not named stands as it was. */
  pages: v.array(pageSchema),
  /** The person's roles as they are now; a view that they no longer give is to be emptied. */
  grants: v.array(grantSchema),
  more: v.boolean(),
});
export type SyncAnswer = v.InferOutput<typeof syncAnswerSchema>;
