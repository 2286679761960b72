/** SQL of the sync: heads of scopes, pages of rows through a view, seals. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { sql, type Kysely } from 'kysely';
import type { Audience } from '#domain/audience.ts';
import type { Tx } from '#server/db/database.ts';
import type { RecordsTable, Schema } from '#server/db/schema.ts';
import type { WholeSeal } from './verify-seal.ts';

/** Parents of a scope, nearest first; null when the server has no such scope. A person's scope has none. */
export async function findParents(db: Kysely<Schema>, scope: string): Promise<string[] | null> {
  if (scope.startsWith('person:')) return [];
  const row = await db
    .selectFrom('scopes')
    .select('parent')
    .where('scope', '=', scope)
    .executeTakeFirst();
  if (!row) return null;
  return row.parent ? [row.parent] : [];
}

/** Where a scope's history stands, and the tag that it has at the asker's cursor (null: no such row). */
export interface Head {
  scope: string;
  n: number;
  tag: Buffer;
  tagAtCursor: Buffer | null;
}

/** Heads for places {scope, n} by their index; scopes without any row are left out. */
export async function findHeads(
  tx: Tx,
  places: readonly { scope: string; n: number }[],
): Promise<Map<number, Head>> {
  const { rows } = await sql<Head & { place: number }>`
    select c.place, s.scope, s.n, s.tag, r.tag as "tagAtCursor"
    from rows from (unnest(${places.map((p) => p.scope)}::text[], ${places.map((p) => p.n)}::bigint[]))
      with ordinality as c (scope, n, place)
    join scopes s on s.scope = c.scope
    left join records r on r.scope = c.scope and r.n = c.n`.execute(tx);
  return new Map(rows.map((row) => [row.place - 1, row]));
}

export type PageRow = Omit<RecordsTable, 'hash' | 'audience' | 'received'>;

/** Rows after `after` up to `upTo` that the view shows `person`, oldest first, at most `limit`. */
export async function findRows(
  tx: Tx,
  page: {
    scope: string;
    after: number;
    upTo: number;
    all: readonly Audience[];
    ofSubject: readonly Audience[];
    person: string;
    /** Rows of this device are left out; null leaves none out. */
    withoutDevice: string | null;
    /** Whether the asker can read erased rows. */
    withErased: boolean;
    limit: number;
  },
): Promise<PageRow[]> {
  const { rows } = await sql<PageRow>`
    select scope, n, id, kind, v, subject, author, device, seq, day, at, offset_ms, offset_age, salt,
      body, confirm, tag, erased
    from records
    where scope = ${page.scope} and n > ${page.after} and n <= ${page.upTo}
      and (audience = any (${[...page.all]}::text[])
        or (audience = any (${[...page.ofSubject]}::text[]) and subject = ${page.person}))
      and (${page.withErased} or erased is null)
      and (${page.withoutDevice}::uuid is null or device <> ${page.withoutDevice}::uuid)
    order by n limit ${page.limit}`.execute(tx);
  return rows;
}

/** Records of these ids in the scope: each with its hash, its receipt and why it waits. */
export async function findStored(
  tx: Tx,
  scope: string,
  ids: readonly string[],
): Promise<Pick<RecordsTable, 'id' | 'hash' | 'n' | 'tag' | 'confirm'>[]> {
  return tx
    .selectFrom('records')
    .select(['id', 'hash', 'n', 'tag', 'confirm'])
    .where('scope', '=', scope)
    .where('id', 'in', ids)
    .execute();
}

/** Why those of these rows wait for a person that do, by number. */
export async function findWaiting(
  tx: Tx,
  scope: string,
  numbers: readonly number[],
): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom('records')
    .select(['n', 'confirm'])
    .where('scope', '=', scope)
    .where('n', 'in', numbers)
    .where('confirm', 'is not', null)
    .execute();
  return new Map(rows.map(({ n, confirm }) => [n, confirm ?? '']));
}

/** A record, and who brought it now. */
export interface Brought {
  id: string;
  hash: Uint8Array;
  /** Its own device. */
  device: string;
  by: string;
  /** It was there before. */
  again: boolean;
}

/**
 * Notes who brought records, for those that another device than their own has brought; the same again
 * changes nothing. What is there without a note was brought by its own device.
 */
export async function keepCarried(
  tx: Tx,
  scope: string,
  brought: readonly Brought[],
): Promise<void> {
  const rows = brought.map(({ hash, ...row }) => ({ ...row, hash: bytesToHex(hash) }));
  const given = sql`(select r.id, decode(r.hash, 'hex') as hash, r.device, r.by, r.again
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, hash text, device uuid, by uuid, again boolean)) b`;
  const noted = sql`exists (select from carried c
    where c.scope = ${scope} and c.id = b.id and c.hash = b.hash)`;
  await sql`insert into carried (scope, id, hash, device)
    select ${scope}, b.id, b.hash, b.device from ${given}
    where b.again and case when b.by = b.device then ${noted} else not ${noted} end
    union select ${scope}, b.id, b.hash, b.by from ${given} where b.by <> b.device
    on conflict do nothing`.execute(tx);
}

/** Keeps seals of one person's device; the same one again changes nothing. */
export async function keepSeals(tx: Tx, scope: string, seals: readonly WholeSeal[]): Promise<void> {
  await tx
    .insertInto('seals')
    .values(
      seals.map(({ device, upTo, head, signature }) => ({
        scope,
        device,
        up_to: upTo,
        head,
        signature,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
