/**
 * Bringing the mirror in step with the database. Promise: a record leaves the mirror only when the
 * database holds a receipt for it; one that the database does not know, or a person whom it has
 * forgotten, stays: that is what the mirror is for.
 */
import { Dexie } from 'dexie';
import { lastSeen } from '#data/ledger/chain.ts';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { MirrorStorage } from '#data/ledger/mirror-head.ts';
import { currentPerson, listPeople } from '#data/ledger/people.ts';
import type { Person } from '#data/ledger/person.ts';
import type { RowKey } from '#data/ledger/record-row.ts';
import {
  mirrorPerson,
  mirrorRecord,
  type MirroredPerson,
  type MirroredRecord,
} from './mirror-image.ts';
import { readMirror, writeMirror, type MirrorImage } from './mirror-store.ts';

/** Writes what the database holds over what the mirror held; answers how many records found no room. */
export async function saveMirror(db: LedgerDatabase, storage: MirrorStorage): Promise<number> {
  const before = readMirror(storage);
  const tables = [db.people, db.records, db.floors, db.meta];
  const image = await db.transaction('r', tables, async () => imageOf(db, before));
  return writeMirror(storage, image);
}

async function imageOf(db: LedgerDatabase, before: MirrorImage): Promise<MirrorImage> {
  const here = await listPeople(db);
  const current = (await currentPerson(db))?.person ?? before.current;
  const people = before.people.filter(({ person }) => !here.some((one) => one.person === person));
  const records = new Map(before.records);
  for (const person of here) {
    const known = before.people.find((one) => one.person === person.person);
    people.push(await personImage(db, person, known));
    records.set(person.person, await recordsOf(db, person.person, before));
  }
  return { current, people, records, left: 0 };
}

/** A chain in the mirror that is longer than the database's stays so until it is restored. */
async function personImage(
  db: LedgerDatabase,
  person: Person,
  before: MirroredPerson | undefined,
): Promise<MirroredPerson> {
  const link = await lastSeen(db, person.person, person.device);
  const longer = before?.device === person.device && before.seq > link.seq;
  return mirrorPerson(person, longer ? before : link);
}

async function recordsOf(
  db: LedgerDatabase,
  owner: string,
  before: MirrorImage,
): Promise<MirroredRecord[]> {
  const unsent = await db.records
    .where('[owner+outbox+seq]')
    .between([owner, Dexie.minKey, Dexie.minKey], [owner, Dexie.maxKey, Dexie.maxKey])
    .toArray();
  const keys = new Set(unsent.map(({ id, hash }) => `${id} ${hash}`));
  const older = (before.records.get(owner) ?? []).filter(
    ({ id, hash }) => !keys.has(`${id} ${hash}`),
  );
  const found = await db.records.bulkGet(older.map(({ id, hash }): RowKey => [owner, id, hash]));
  const stays = older.filter((_, i) => !hasReceipt(found[i]?.state));
  return [...stays, ...unsent.map(mirrorRecord)].sort((a, b) => a.seq - b.seq);
}

function hasReceipt(state: string | undefined): boolean {
  return state === 'sent' || state === 'received';
}
