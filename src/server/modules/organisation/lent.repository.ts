/** SQL of devices that end by themselves. */
import { sql, type Kysely } from 'kysely';
import type { Tx } from '#server/db/database.ts';
import type { Schema } from '#server/db/schema.ts';

/** A device whose time is over. */
export interface Lent {
  /** Its person's own. */
  scope: string;
  device: string;
  /** The branches whose desk its person keeps. */
  desks: string[];
}

/** Those that ended by `now` (server time, ms) and are not marked yet. */
export async function findOverdue(
  db: Kysely<Schema>,
  { now, today }: { now: number; today: string },
): Promise<Lent[]> {
  const { rows } = await sql<Lent>`
    select d.scope, d.device, array(select distinct g.scope from grants g
      where g.person = d.person and g.role in ('secretary', 'committee') and g.from_day <= ${today}
        and (g.to_day is null or g.to_day > ${today})) as desks
    from devices d where d.ends <= ${now} and d.revoked is null`.execute(db);
  return rows;
}

/** Marks one of them (migrations/0010-moves.ts); 0 where another request was first. */
export async function endLent(
  tx: Tx,
  { scope, device, now }: { scope: string; device: string; now: number },
): Promise<number> {
  const { rows } = await sql<{ ended: number }>`
    select end_overdue(${scope}, ${device}, ${now}) as ended`.execute(tx);
  return rows[0]?.ended ?? 0;
}
