/**
 * Another key or another device id for somebody who is here. Promises: a key is there before it is
 * given to the server; a device id changes only when nothing waits under the old one, in one
 * transaction with the cursors, so that no record is lost, sent twice or numbered anew.
 */
import { Dexie } from 'dexie';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import { noteFormer } from '#data/ledger/former-devices.ts';
import type { Person } from '#data/ledger/person.ts';
import { cursorsOf } from './cursors.ts';

/** Name under which a device is kept whose new public key the server does not have yet. */
export const NEW_KEY = 'device.new-key';

/** Keeps a key for a device that has none; the person as they are then. */
export async function keepSigning(
  db: LedgerDatabase,
  person: Person,
  signing: CryptoKeyPair,
): Promise<Person> {
  const owner = person.person;
  return db.transaction('rw', db.people, db.kept, async () => {
    const here = await db.people.get(owner);
    if (here?.device !== person.device || here.signing) return here ?? person;
    await db.people.update(owner, { signing });
    await db.kept.put({ owner, name: NEW_KEY, value: person.device });
    return { ...here, signing };
  });
}

/** Takes another device id, token and key; false while something waits under the old one. */
export async function takeDevice(
  db: LedgerDatabase,
  person: Person,
  next: Pick<Person, 'device' | 'token' | 'signing'>,
): Promise<boolean> {
  return db.transaction('rw', db.people, db.records, db.cursors, db.kept, async () => {
    const here = await db.people.get(person.person);
    if (here?.device !== person.device) return false;
    if ((await countWaiting(db, here)) > 0) return false;
    await db.people.update(person.person, next);
    await noteFormer(db, person.person, here.device);
    await cursorsOf(db, person.person).delete();
    return true;
  });
}

function countWaiting(db: LedgerDatabase, { person, device }: Person): Promise<number> {
  return db.records
    .where('[owner+outbox+seq]')
    .between([person, device, Dexie.minKey], [person, device, Dexie.maxKey])
    .count();
}
