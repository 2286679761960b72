import { Dexie } from 'dexie';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { UnsentBatch } from '#data/ledger/ledger-sync.ts';
import type { Person } from '#data/ledger/person.ts';
import { headAt } from '#data/ledger/chain.ts';
import { toWire } from '#data/ledger/record-row.ts';
import { listRefused } from '#data/ledger/refused.ts';
import { REFUSED_MAX } from '#protocol/limits.ts';

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
  if (!last) return { records: [], upTo: 0, head: null, refused: [] };
  const head = last.head ?? (await headAt(db, last));
  const refused = (await listRefused(db, last.owner))
    .filter((row) => row.device === device && row.seq < last.seq)
    .slice(-REFUSED_MAX)
    .map(({ seq, hash }) => ({ seq, hash }));
  return { records: rows.map(toWire), upTo: last.seq, head, refused };
}

/** How many records of a person have no receipt, whatever device id they were written under. */
export function countUnsent(db: LedgerDatabase, person: string): Promise<number> {
  return db.records
    .where('[owner+outbox+seq]')
    .between([person, Dexie.minKey, Dexie.minKey], [person, Dexie.maxKey, Dexie.maxKey])
    .count();
}
