/**
 * Records that the server itself writes: author = the county, device = the county's own, with a
 * gap-free seq like every device's. Written by the same function as everybody's.
 */
import { sql } from 'kysely';
import type { Audience } from '#domain/audience.ts';
import { civilDay } from '#domain/civil-day.ts';
import { kindRule } from '#domain/kinds.ts';
import { recordHash, SALT_BYTES } from '#domain/records.ts';
import { toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { Clock } from '#lib/clock.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import { appendRecords, type Appended, type NewRecord } from './append-records.ts';
import type { Tx } from './database.ts';

/** Where ids, salts and times come from. */
export interface Sources {
  clock: Clock;
  ids: Ids;
  random: Random;
}

/** What the server wants to say. */
export interface ServerDraft {
  id?: string;
  kind: string;
  subject?: string;
  body: Record<string, unknown>;
  /** Where it is another than its kind's. */
  audience?: Audience;
}

/** Stores `drafts` in `scope` as the county's own records; the last statements of their transaction. */
export async function appendServerRecords(
  tx: Tx,
  scope: string,
  drafts: readonly ServerDraft[],
  sources: Sources,
): Promise<Appended[]> {
  const { rows } = await sql<{ author: string; device: string; seq: number }>`
    update county set server_seq = server_seq + ${drafts.length}
    returning scope as author, server_device as device, server_seq as seq`.execute(tx);
  const county = rows[0];
  if (!county) throw new Error('no county yet');
  const first = county.seq - drafts.length + 1;
  const records = drafts.map((draft, i) =>
    serverRecord(scope, draft, { ...county, seq: first + i }, sources),
  );
  return appendRecords(tx, scope, records);
}

function serverRecord(
  scope: string,
  draft: ServerDraft,
  by: { author: string; device: string; seq: number },
  { clock, ids, random }: Sources,
): NewRecord {
  const rule = kindRule(draft.kind);
  if (!rule) throw new Error(`no kind ${draft.kind}`);
  const at = clock.now();
  const header = {
    id: draft.id ?? ids.next(),
    kind: draft.kind,
    v: rule.version,
    subject: draft.subject ?? null,
    ...by,
    day: civilDay(at),
    at,
  };
  const salt = toBase64Url(random.bytes(SALT_BYTES));
  const body = canonicalJson(draft.body);
  return {
    ...header,
    offset_ms: 0,
    offset_age: 0,
    salt,
    body,
    audience: draft.audience ?? rule.audience,
    confirm: null,
    received: at,
    hash: recordHash({ ...header, scope, offset: 0, offsetAge: 0 }, salt, body),
  };
}
