/**
 * The transaction of a save. Promises: seq, hash and outbox state of all rows are stored in one
 * strict transaction or not at all; a commit whose answer was lost with the connection is found
 * again and never done twice; what a written erasure names loses its body in the same transaction.
 */
import { Dexie } from 'dexie';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { RecordHeader } from '#domain/records.ts';
import { lastLink, nextHead } from './chain.ts';
import type { Connection } from './connection.ts';
import type { LedgerDatabase } from './database.ts';
import { settleErasures } from './erase.ts';
import type { Person } from './person.ts';
import { hashOf, keyOf, type Inner, type RecordRow } from './record-row.ts';

/** A record that only lacks its place in the device's sequence. */
export interface Prepared {
  header: RecordHeader;
  salt: string;
  text: string;
  inner: Inner | null;
}

/** The stored rows; null, and nothing stored, where the person has another device id by now. */
export function commitOnce(
  { db, use }: { db: LedgerDatabase; use: Connection['use'] },
  person: Person,
  prepared: readonly Prepared[],
): Promise<RecordRow[] | null> {
  let tries = 0;
  return use(async () => {
    tries += 1;
    const before = tries > 1 ? await findCommitted(db, person, prepared) : null;
    return before ?? commit(db, person, prepared);
  });
}

/** Whether the database really holds the rows, to the last character. */
export async function readBack(db: LedgerDatabase, rows: readonly RecordRow[]): Promise<boolean> {
  const stored = await db.records.bulkGet(rows.map(keyOf));
  return rows.every((row, i) => canonicalJson(stored[i] ?? null) === canonicalJson(row));
}

/** All of them are there or none is: they went in one transaction. The salt is this draft's alone. */
async function findCommitted(db: LedgerDatabase, person: Person, prepared: readonly Prepared[]) {
  const rows: RecordRow[] = [];
  for (const { header, salt } of prepared) {
    const [low, high] = [Dexie.minKey, Dexie.maxKey].map((hash) => [
      person.person,
      header.id,
      hash,
    ]) as [unknown[], unknown[]];
    const same = await db.records.where('[owner+id+hash]').between(low, high).toArray();
    const row = same.find((one) => one.salt === salt);
    if (!row) return null;
    rows.push(row);
  }
  return rows;
}

function commit(db: LedgerDatabase, person: Person, prepared: readonly Prepared[]) {
  return db.transaction('rw', [db.people, db.records, db.floors, db.erasures], async () => {
    if ((await db.people.get(person.person))?.device !== person.device) return null;
    let link = await lastLink(db, person.person, person.device);
    const rows: RecordRow[] = [];
    for (const one of prepared) {
      const row = newRow(person, one, link.seq + 1);
      link = { seq: row.seq, head: nextHead(link, row.hash) };
      rows.push({ ...row, head: link.head });
    }
    const settled = await settleErasures(db, person.person, rows);
    await db.records.bulkAdd(settled);
    return settled;
  });
}

function newRow(person: Person, { header, salt, text, inner }: Prepared, seq: number): RecordRow {
  const placed = { ...header, seq };
  return {
    ...placed,
    owner: person.person,
    hash: hashOf(placed, salt, text),
    salt,
    text,
    inner,
    topic: inner?.kind ?? header.kind,
    state: 'saved',
    outbox: person.device,
    n: null,
    tag: null,
    head: null,
    views: [],
    confirm: null,
    reason: null,
  };
}
