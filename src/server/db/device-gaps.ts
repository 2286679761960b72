import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

export interface Gaps {
  /** How many devices have a gap below their highest seq. */
  devices: number;
  /** How many records are missing in them. */
  records: number;
}

/**
 * What never arrived although something later did, over all devices: records that a phone lost, or
 * that wait on it. Counts alone; who it is stands nowhere.
 */
export async function countGaps(db: Kysely<Schema>): Promise<Gaps> {
  const { rows } = await sql<Gaps>`
    select count(*)::int as devices, coalesce(sum(top - known), 0)::bigint as records
    from chains where known < top`.execute(db);
  return rows[0] ?? { devices: 0, records: 0 };
}
