/** SQL of 搬 codes. */
import { sql, type Kysely } from 'kysely';
import type { Tx } from '#server/db/database.ts';
import type { Schema } from '#server/db/schema.ts';

/** A code that is there, with what became of it. */
export interface Move {
  sealed: string;
  device: string;
  hours: number | null;
  until: number;
  usedDevice: string | null;
  usedTokenHash: Buffer | null;
  /** Which of the two devices is let in no more: the one that made it, the one that used it. */
  makerEnded: boolean;
  userEnded: boolean;
  /** When the device that used it ends by itself. */
  ends: number | null;
}

/** Whose code it is, and the invitation by which that person came, before any scope is open. */
export async function findMove(
  db: Kysely<Schema>,
  lookup: string,
): Promise<{ own: string; person: string; scope: string; hash: string } | null> {
  const { rows } = await sql<{ own: string; person: string; scope: string; hash: string }>`
    select m.scope as own, m.person, i.scope, i.hash
    from moves m join invitations i on i.person = m.person and i.used_device is not null
    where m.lookup = ${lookup}
    order by (i.used_device = m.device) desc, i.expires desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/**
 * The code, its row locked: of two devices that take it at once one waits for the other. It is read
 * after that: who waited would else see the row as it is and the devices as they were before.
 */
export async function lockMove(tx: Tx, lookup: string, now: number): Promise<Move | null> {
  await sql`select from moves m where m.lookup = ${lookup} for update`.execute(tx);
  const ended = sql`d.scope = m.scope and (d.revoked is not null or d.ends <= ${now})`;
  const { rows } = await sql<Move>`
    select m.sealed, m.device, m.hours, m.until, m.used_device as "usedDevice",
      m.used_token_hash as "usedTokenHash",
      exists (select from devices d where d.device = m.device and ${ended}) as "makerEnded",
      exists (select from devices d where d.device = m.used_device and ${ended}) as "userEnded",
      (select d.ends from devices d where d.scope = m.scope and d.device = m.used_device) as ends
    from moves m where m.lookup = ${lookup}`.execute(tx);
  return rows[0] ?? null;
}

/** Leaves the person's one code. */
export async function keepMove(
  tx: Tx,
  move: Omit<Schema['moves'], 'used_device' | 'used_token_hash'>,
): Promise<void> {
  const { lookup, sealed, hours, until, device } = move;
  const fresh = { lookup, sealed, hours, until, device, used_device: null, used_token_hash: null };
  await tx
    .insertInto('moves')
    .values({ ...move, used_device: null, used_token_hash: null })
    .onConflict((conflict) => conflict.column('scope').doUpdateSet(fresh))
    .execute();
}

/** Takes back what nobody has used; what was used stays for the device whose answer was lost. */
export async function dropMove(tx: Tx, scope: string): Promise<void> {
  await tx
    .deleteFrom('moves')
    .where('scope', '=', scope)
    .where('used_device', 'is', null)
    .execute();
}

/** Whoever's they are: what was over by `until`, server time, ms. */
export async function dropOverdueMoves(tx: Tx, until: number): Promise<void> {
  await tx.deleteFrom('moves').where('until', '<=', until).execute();
}

/** When the device ends by itself, server time, ms; null where it does not. */
export async function findEnd(
  tx: Tx,
  { scope, device }: { scope: string; device: string },
): Promise<number | null> {
  const row = await tx
    .selectFrom('devices')
    .select('ends')
    .where('scope', '=', scope)
    .where('device', '=', device)
    .executeTakeFirst();
  return row?.ends ?? null;
}

/** A device that comes by a code. */
export interface NewDevice {
  scope: string;
  person: string;
  device: string;
  tokenHash: Buffer;
  key: string | null;
  day: string;
  ends: number | null;
}

/** Marks the code used and lets the device in; false where its id or token is somebody's already. */
export async function spendMove(tx: Tx, lookup: string, by: NewDevice): Promise<boolean> {
  const { scope, person, device, tokenHash, key, day, ends } = by;
  const written = await sql`
    insert into devices (scope, person, device, token_hash, public_key, created_day, ends)
    values (${scope}, ${person}, ${device}, ${tokenHash}, ${key}, ${day}, ${ends})
    on conflict do nothing`.execute(tx);
  if (written.numAffectedRows === 0n) return false;
  await tx
    .updateTable('moves')
    .set({ used_device: device, used_token_hash: tokenHash })
    .where('lookup', '=', lookup)
    .execute();
  return true;
}
