/**
 * The keys of a person's self records. Promises: whoever has the present key has all of them, for each
 * of the others is told by an `older-key` record under it; a record that no key of this phone opened
 * is kept as it came and opened as soon as its key is known; nothing that is stored is sealed anew.
 */
import { fromBase64Url } from '#lib/base64.ts';
import { OLDER_KEY_KIND, type OlderKeyBody } from '#domain/bodies/older-key.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import type { LedgerDatabase } from './database.ts';
import type { Person } from './person.ts';
import { keyOf, type Inner, type RecordRow } from './record-row.ts';
import type { SelfAddress, SelfCipher } from './self-cipher.ts';

type Key = Uint8Array<ArrayBuffer>;

/** A person has as many as phones that were lost without a card; beyond this somebody plays. */
const OLDER_MAX = 16;

export interface KeyringDeps {
  db: LedgerDatabase;
  cipher: SelfCipher;
}

/** Every key of the person, the present one first. */
export function keysOf({ key, older }: Pick<Person, 'key' | 'older'>): Key[] {
  return [key, ...(older ?? [])];
}

/** Opens with whichever key fits; null where none does. */
export async function openWithAny(
  cipher: SelfCipher,
  keys: readonly Key[],
  address: SelfAddress,
  text: string,
): Promise<Inner | null> {
  for (const key of keys) {
    const inner = await cipher.open(key, address, text);
    if (inner) return inner;
  }
  return null;
}

/** Whether any of these rows tells a key. */
export function hasOlderKey(rows: readonly Pick<RecordRow, 'topic'>[]): boolean {
  return rows.some(({ topic }) => topic === OLDER_KEY_KIND);
}

/** Makes `key` the person's present one; the one before is kept, and so are `more`. */
export async function takeKey(
  db: LedgerDatabase,
  owner: string,
  key: Key,
  more: readonly Key[] = [],
): Promise<void> {
  await db.transaction('rw', db.people, async () => {
    const person = await db.people.get(owner);
    if (!person) return;
    await db.people.update(owner, { key, older: others(key, [...keysOf(person), ...more]) });
  });
}

/** Learns the keys that records tell and opens what they open; how many records were opened. */
export async function learnKeys({ db, cipher }: KeyringDeps, owner: string): Promise<number> {
  for (let opened = 0; ;) {
    const keys = await keysTold(db, owner);
    const now = await openClosed({ db, cipher }, owner, keys);
    opened += now;
    if (now === 0) return opened;
  }
}

/** The person's keys with those that records tell, kept. */
async function keysTold(db: LedgerDatabase, owner: string): Promise<Key[]> {
  return db.transaction('rw', db.people, db.records, async () => {
    const person = await db.people.get(owner);
    if (!person) return [];
    const rows = await db.records.where('[owner+topic]').equals([owner, OLDER_KEY_KIND]).toArray();
    const told = rows.flatMap(({ inner }) => {
      const bytes = fromBase64Url((inner?.body as OlderKeyBody | undefined)?.key ?? '');
      return bytes ? [new Uint8Array(bytes)] : [];
    });
    const older = others(person.key, [...(person.older ?? []), ...told]);
    if (older.length > (person.older ?? []).length) await db.people.update(owner, { older });
    return [person.key, ...older];
  });
}

async function openClosed(
  { db, cipher }: KeyringDeps,
  owner: string,
  keys: readonly Key[],
): Promise<number> {
  const rows = await db.records.where('[owner+topic]').equals([owner, SELF_KIND]).toArray();
  const tries = rows.map(async (row) => {
    const inner = await openWithAny(cipher, keys, row, row.text);
    return inner ? [{ key: keyOf(row), changes: { inner, topic: inner.kind } }] : [];
  });
  // Decrypting waits for more than the database, so it comes before the transaction.
  const found = (await Promise.all(tries)).flat();
  await db.transaction('rw', db.records, () => db.records.bulkUpdate(found));
  return found.length;
}

function others(key: Key, all: readonly Key[]): Key[] {
  const kept: Key[] = [];
  for (const each of all) if (![key, ...kept].some((other) => isSame(other, each))) kept.push(each);
  return kept.slice(0, OLDER_MAX);
}

/** Whether both are the same bytes. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
