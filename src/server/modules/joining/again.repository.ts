/** SQL of phones that ask to be let in again. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/database.ts';
import type { Schema } from '#server/db/schema.ts';

/** Requests that were asked before `since` (ms) are over. */
export async function dropOverdue(
  tx: Tx,
  { scope, since }: { scope: string; since: number },
): Promise<void> {
  await tx
    .deleteFrom('rejoin_requests')
    .where('scope', '=', scope)
    .where('asked', '<=', since)
    .execute();
}

/** The id of the request of this very device with this token; null where there is none. */
export async function findAsking(
  tx: Tx,
  by: { scope: string; person: string; device: string; tokenHash: Buffer },
): Promise<string | null> {
  const row = await tx
    .selectFrom('rejoin_requests')
    .select('request')
    .where('scope', '=', by.scope)
    .where('person', '=', by.person)
    .where('device', '=', by.device)
    .where('token_hash', '=', by.tokenHash)
    .executeTakeFirst();
  return row?.request ?? null;
}

/** How many wait for the desk as this person. */
export async function countAsking(
  tx: Tx,
  { scope, person }: { scope: string; person: string },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from rejoin_requests
    where scope = ${scope} and person = ${person}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Whether the id or the token is somebody's, or asks already. */
export async function isKnownDevice(
  tx: Tx,
  { scope, device, tokenHash }: { scope: string; device: string; tokenHash: Buffer },
): Promise<boolean> {
  const { rows } = await sql`
    select from devices d where d.device = ${device} or d.token_hash = ${tokenHash}
    union all
    select from rejoin_requests r
    where r.scope = ${scope} and (r.device = ${device} or r.token_hash = ${tokenHash})`.execute(tx);
  return rows.length > 0;
}

/** Keeps the request. */
export async function keepAsking(tx: Tx, request: Schema['rejoin_requests']): Promise<void> {
  await tx.insertInto('rejoin_requests').values(request).execute();
}
