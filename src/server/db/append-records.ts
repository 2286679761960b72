/**
 * Writing records. `appendRecords` is the last statement of its transaction: it
 * takes the scope's row lock, and numbers of a scope become visible in their order only because the
 * commit follows at once (ARCHITECTURE.md, "Cursor").
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import type { RecordsTable } from './schema.ts';

/** A record that was checked, ready to be stored. */
export type NewRecord = Omit<RecordsTable, 'scope' | 'n' | 'tag' | 'hash'> & { hash: Uint8Array };

/** Where a record stands now. `to-confirm`: its id was there with other content; both are kept. */
export interface Appended {
  n: number;
  tag: Buffer;
  result: 'ok' | 'dup' | 'to-confirm';
}

/** Stores `records` in `scope` in their order; one outcome each. Two of the same id and hash must not be among them. */
export async function appendRecords(
  tx: Tx,
  scope: string,
  records: readonly NewRecord[],
): Promise<Appended[]> {
  const rows = JSON.stringify(records.map((r) => ({ ...r, hash: bytesToHex(r.hash) })));
  const { rows: outcomes } = await sql<Appended>`
    select n, tag, result from append_records(${scope}, ${rows}::jsonb) order by i`.execute(tx);
  return outcomes;
}
