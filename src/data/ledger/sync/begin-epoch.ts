import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { Person } from '#data/ledger/person.ts';
import { cursorsOf } from './cursors.ts';
import { sendAgain } from './send-again.ts';

/** Whether the person's history is still the one that was asked. Call it inside a transaction over `people`. */
export async function isOfNow(db: LedgerDatabase, { person, epoch }: Person): Promise<boolean> {
  return (await db.people.get(person))?.epoch === epoch;
}

/** A server that was restored from a backup: every view from 0, every own record unsent again; nothing is deleted. */
export async function beginEpoch(db: LedgerDatabase, person: Person, epoch: string): Promise<void> {
  await db.transaction('rw', db.people, db.records, db.cursors, async () => {
    await db.people.update(person.person, { epoch });
    await cursorsOf(db, person.person).delete();
    await sendAgain(db, person);
  });
}
