/**
 * Writing records. `appendRecords` is the last step of its transaction: it
 * takes the scope's row lock, and numbers of a scope become visible in their order only because the
 * commit follows at once (ARCHITECTURE.md, "Cursor"). Erasures among the records are carried out
 * under the same lock, so that what they name is gone when they can be read.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { sql } from 'kysely';
import { ERASURE_KIND } from '#domain/erasure.ts';
import type { Tx } from './database.ts';
import type { RecordsTable } from './schema.ts';

/**
 * A record that was checked, ready to be stored. In its erased form: `body` null and the inner hash,
 * base64url, as `salt` (migration 0004).
 */
export type NewRecord = Omit<RecordsTable, 'scope' | 'n' | 'tag' | 'hash' | 'erased'> & {
  hash: Uint8Array;
};

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
  const erasures = records.filter(({ kind }) => kind === ERASURE_KIND).map(({ id }) => id);
  if (erasures.length > 0) await sql`select erase_records(${scope}, ${erasures})`.execute(tx);
  return outcomes;
}
