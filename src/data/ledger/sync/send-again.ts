import { Dexie } from 'dexie';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { Person } from '#data/ledger/person.ts';
import type { RecordRow } from '#data/ledger/record-row.ts';

/**
 * Makes own records unsent again, those of one scope or all: the server went back behind its
 * receipts, so no screen may go on saying that they arrived. What it still has it answers `dup`.
 * Refused ones stay apart. Call it inside a transaction over `records`.
 */
export async function sendAgain(db: LedgerDatabase, person: Person, scope?: string): Promise<void> {
  const { person: owner, device } = person;
  await db.records
    .where('[owner+device+seq]')
    .between([owner, device, Dexie.minKey], [owner, device, Dexie.maxKey])
    .filter((row) => row.state === 'sent' && (scope === undefined || row.scope === scope))
    .modify((row: RecordRow) => {
      Object.assign(row, { state: 'saved', outbox: device, n: null, tag: null, confirm: null });
    });
}
