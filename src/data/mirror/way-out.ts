/**
 * The way out of a phone whose storage is broken or that cannot send: un-sent and refused records as
 * text that somebody can hand on, a line of JSON each. Promises: read from the database where it
 * opens, else from the mirror; only what belongs to the person on the screen, of others on a family's
 * phone no more than how many wait; self records leave as ciphertext only; neither token nor key is
 * ever in it.
 */
import { Dexie } from 'dexie';
import type { Names } from '#domain/bodies/shared.ts';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { MirrorStorage } from '#data/ledger/mirror-head.ts';
import { currentPerson, listPeople } from '#data/ledger/people.ts';
import { listRefused } from '#data/ledger/refused.ts';
import { mirrorRecord, type MirroredRecord } from './mirror-image.ts';
import { readMirror } from './mirror-store.ts';

/** What the person on the screen has not sent, and what the county did not take in. */
export interface HandOver {
  names: Names;
  /** Records as JSON, in the order of seq. */
  unsent: string[];
  /** The same, each with the reason's code. */
  refused: string[];
}

export interface WayOut {
  /** Where it was read from: the database, or outside of it because that does not open. */
  from: 'database' | 'mirror';
  /** Null where nobody is on the screen, or nothing of theirs waits. */
  own: HandOver | null;
  /** How many records of others on this phone wait. Whose, and what is in them, is theirs to show. */
  others: number;
}

interface Found {
  current: string | null;
  people: ({ person: string } & HandOver)[];
}

/** Everything of the person on the screen that has no receipt. Never throws. */
export async function findWayOut(
  db: LedgerDatabase | null,
  storage: MirrorStorage | undefined,
): Promise<WayOut> {
  const stored = db ? await fromDatabase(db).catch(() => null) : null;
  const { current, people } = stored ?? fromMirror(storage);
  const me = people.find(({ person }) => person === current);
  const others = people
    .filter((one) => one !== me)
    .reduce((count, { unsent }) => count + unsent.length, 0);
  const waits = me && me.unsent.length + me.refused.length > 0;
  return { from: stored ? 'database' : 'mirror', own: waits ? withoutId(me) : null, others };
}

async function fromDatabase(db: LedgerDatabase): Promise<Found> {
  const people = await listPeople(db);
  const found = people.map(async ({ person, names }) => {
    const rows = await db.records
      .where('[owner+outbox+seq]')
      .between([person, Dexie.minKey, Dexie.minKey], [person, Dexie.maxKey, Dexie.maxKey])
      .toArray();
    const unsent = rows.map((row) => lineOf(mirrorRecord(row)));
    const refused = (await listRefused(db, person)).map((row) =>
      lineOf({ ...mirrorRecord(row), reason: row.reason }),
    );
    return { person, names, unsent, refused };
  });
  return {
    current: (await currentPerson(db))?.person ?? null,
    people: await Promise.all(found),
  };
}

/** A mirror that was never told who is on the screen has one person, or nobody is shown. */
function fromMirror(storage: MirrorStorage | undefined): Found {
  const { current, people, records } = readMirror(storage);
  return {
    current: current ?? (people.length === 1 ? (people[0]?.person ?? null) : null),
    people: people.map(({ person, names }) => {
      const unsent = (records.get(person) ?? []).map(lineOf);
      return { person, names, unsent, refused: [] };
    }),
  };
}

function withoutId({ names, unsent, refused }: HandOver): HandOver {
  return { names, unsent, refused };
}

/** Hash and chain head can be made again from the rest. */
function lineOf({
  hash: _hash,
  head: _head,
  ...record
}: MirroredRecord & { reason?: string | null }): string {
  const said = Object.entries(record).filter(([, value]) => value !== null);
  return JSON.stringify(Object.fromEntries(said));
}
