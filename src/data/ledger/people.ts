/**
 * The people of this phone. Promise: admitting or switching never removes a record, and a person
 * who is here already keeps key, records and chain.
 */
import { Dexie, type Table, type Transaction } from 'dexie';
import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import type { LedgerDatabase } from './database.ts';
import { noteFormer } from './former-devices.ts';
import type { Admission, Person } from './person.ts';
import { countUnsent } from './sync/list-unsent.ts';

const KEY_BYTES = 32;

/** Name under which the person on the screen is kept. */
const CURRENT = 'current';

export interface PeopleDeps {
  db: LedgerDatabase;
  clock: Clock;
  random: Random;
}

/** Everybody on this phone, in the order of joining. */
export async function listPeople(db: LedgerDatabase): Promise<Person[]> {
  const people = await db.people.toArray();
  return people.sort((a, b) => a.joinedAt - b.joinedAt || (a.person < b.person ? -1 : 1));
}

/** The owner of what is kept before anybody joined. */
const PHONE = '';

/** The person on the screen, or null. */
export function currentPerson(db: LedgerDatabase): Promise<Person | null> {
  return db.transaction('r', db.meta, db.people, async () => readCurrent(db));
}

/**
 * Runs `read` for the person on the screen (for the phone where nobody joined) in one transaction over
 * `tables` with finding them: a transaction of its own for each get is most of what a query costs.
 */
export function readAsCurrent<T>(
  db: LedgerDatabase,
  tables: readonly Table[],
  read: (owner: string) => Promise<T>,
): Promise<T> {
  return db.transaction('r', [db.meta, db.people, ...tables], async () => {
    const person = await readCurrent(db);
    return read(person?.person ?? PHONE);
  });
}

/** Whose the ledger is now: the person on the screen, the phone where nobody joined. */
export function currentOwner(db: LedgerDatabase): Promise<string> {
  return readAsCurrent(db, [], async (owner) => owner);
}

/** Who is on the screen can't change within a transaction that reads: several queries of one ask once. */
const current = new WeakMap<Transaction, Promise<Person | null>>();

function readCurrent(db: LedgerDatabase): Promise<Person | null> {
  const part = Dexie.currentTransaction;
  const whole = part.parent ?? part;
  if (whole.mode !== 'readonly') return findCurrent(db);
  const asked = current.get(whole) ?? findCurrent(db);
  current.set(whole, asked);
  return asked;
}

/** Asks for both at the same time: a phone has few people, and each turn to the database is waited for. */
async function findCurrent(db: LedgerDatabase): Promise<Person | null> {
  const [row, people] = await Promise.all([db.meta.get(CURRENT), db.people.toArray()]);
  return people.find(({ person }) => person === row?.value) ?? null;
}

/** Changes the person on the screen; unknown ids change nothing. */
export async function setCurrentPerson(db: LedgerDatabase, person: string): Promise<void> {
  await db.transaction('rw', db.people, db.meta, async () => {
    if (await db.people.get(person)) await db.meta.put({ name: CURRENT, value: person });
  });
}

/**
 * Adds a person and makes them current; what their device wrote before up to `reached` is counted.
 * `keys`: those of the self records, the present one first, where another device has told them; whoever
 * is here already keeps their own (recovery-card.ts brings both together). Admitted `beside`, they come
 * onto the screen where nobody is on it: nobody's screen becomes another one's under their hand.
 */
export async function admitPerson(
  deps: PeopleDeps,
  admission: Admission,
  reached = 0,
  keys: readonly Person['key'][] = [],
  place: 'front' | 'beside' = 'front',
): Promise<Person> {
  const { db } = deps;
  const [key = deps.random.bytes(KEY_BYTES), ...older] = keys;
  const tables = [db.people, db.meta, db.records, db.floors, db.kept];
  return db.transaction('rw', tables, async () => {
    const before = await db.people.get(admission.person);
    const unsent = before ? await countUnsent(db, admission.person) : 0;
    const person = before
      ? readmitted(before, admission, unsent)
      : {
          ...admission,
          key,
          ...(older.length > 0 && { older }),
          offset: null,
          joinedAt: deps.clock.now(),
          fresh: true,
        };
    await db.people.put(person);
    if (before && before.device !== person.device)
      await noteFormer(db, person.person, before.device);
    if (!before && reached > 0) {
      const { person: owner, device } = person;
      await db.floors.put({ owner, device, seq: reached, head: null });
    }
    if (place === 'front' || !(await readCurrent(db)))
      await db.meta.put({ name: CURRENT, value: person.person });
    return person;
  });
}

/**
 * A second invitation of somebody who is here: grants and names are the new ones. The new device id
 * is taken only when nothing waits under the old one, whose records the old token must hand in. The
 * curtain goes: a new invitation is the way on for whoever has forgotten its digits.
 */
function readmitted(before: Person, admission: Admission, unsent: number): Person {
  const { device, token, signing } = unsent > 0 ? before : admission;
  const { curtain: _taken, ...rest } = before;
  return { ...rest, ...admission, device, token, signing, epoch: before.epoch };
}
