import { Dexie } from 'dexie';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { UnsentBatch } from '#data/ledger/ledger-sync.ts';
import type { Person } from '#data/ledger/person.ts';
import { toWire } from '#data/ledger/record-row.ts';

/** The oldest unsent records of a person's device above `after`, in the order of seq, `limit` at most. */
export async function listUnsent(
  db: LedgerDatabase,
  { person, device }: Person,
  limit: number,
  after = 0,
): Promise<UnsentBatch> {
  const rows = await db.records
    .where('[owner+outbox+seq]')
    .between([person, device, after], [person, device, Dexie.maxKey], false)
    .limit(limit)
    .toArray();
  const last = rows[rows.length - 1];
  return { records: rows.map(toWire), upTo: last?.seq ?? 0, head: last?.head ?? null };
}

/** How many records of a person have no receipt, whatever device id they were written under. */
export function countUnsent(db: LedgerDatabase, person: string): Promise<number> {
  return db.records
    .where('[owner+outbox+seq]')
    .between([person, Dexie.minKey, Dexie.minKey], [person, Dexie.maxKey, Dexie.maxKey])
    .count();
}
