/**
 * The way out of a phone whose storage is broken or that cannot send: un-sent records as text that
 * somebody can hand on, a line of JSON each. Promises: read from the database where it opens, else
 * from the mirror; self records leave as ciphertext only; neither token nor key is ever in it.
 */
import { Dexie } from 'dexie';
import type { Names } from '#domain/bodies/shared.ts';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { MirrorStorage } from '#data/ledger/mirror-head.ts';
import { listPeople } from '#data/ledger/people.ts';
import { mirrorRecord, type MirroredRecord } from './mirror-image.ts';
import { readMirror } from './mirror-store.ts';

/** What one person has not sent. */
export interface Unsent {
  person: string;
  names: Names;
  /** Records as JSON, in the order of seq. */
  lines: string[];
}

export interface WayOut {
  /** Where it was read from: the database, or outside of it because that does not open. */
  from: 'database' | 'mirror';
  unsent: Unsent[];
}

/** Everything without a receipt; people who have nothing waiting are left out. Never throws. */
export async function findWayOut(
  db: LedgerDatabase | null,
  storage: MirrorStorage | undefined,
): Promise<WayOut> {
  const stored = db ? await fromDatabase(db).catch(() => null) : null;
  const unsent = stored ?? fromMirror(storage);
  const from = stored ? 'database' : 'mirror';
  return { from, unsent: unsent.filter(({ lines }) => lines.length > 0) };
}

async function fromDatabase(db: LedgerDatabase): Promise<Unsent[]> {
  const people = await listPeople(db);
  return Promise.all(
    people.map(async ({ person, names }) => {
      const rows = await db.records
        .where('[owner+outbox+seq]')
        .between([person, Dexie.minKey, Dexie.minKey], [person, Dexie.maxKey, Dexie.maxKey])
        .toArray();
      return { person, names, lines: rows.map((row) => lineOf(mirrorRecord(row))) };
    }),
  );
}

function fromMirror(storage: MirrorStorage | undefined): Unsent[] {
  const { people, records } = readMirror(storage);
  return people.map(({ person, names }) => {
    const lines = (records.get(person) ?? []).map(lineOf);
    return { person, names, lines };
  });
}

/** Hash and chain head can be made again from the rest. */
function lineOf({ hash: _hash, head: _head, ...record }: MirroredRecord): string {
  const said = Object.entries(record).filter(([, value]) => value !== null);
  return JSON.stringify(Object.fromEntries(said));
}
