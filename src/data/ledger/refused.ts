/**
 * Which own records the server refused. Promise: found without reading everything that a secretary
 * ever wrote; their keys are kept in the transaction that refuses them, and once for those of an
 * earlier version. The records themselves stay where they are, in their device's chain.
 */
import { Dexie } from 'dexie';
import type { LedgerDatabase } from './database.ts';
import { keyOf, type RecordRow, type RowKey } from './record-row.ts';

/** Name of the list of keys, for each person. */
const REFUSED = 'refused';

/** Adds what was just judged to the list. Call it inside a transaction over `records` and `kept`. */
export async function noteRefused(
  db: LedgerDatabase,
  owner: string,
  device: string,
  judged: readonly RecordRow[],
): Promise<void> {
  const known = (await db.kept.get([owner, REFUSED]))?.value as RowKey[] | undefined;
  const now = judged.filter(isRefused);
  if (known && now.length === 0) return;
  const before = known ?? (await refusedBefore(db, owner, device)).map(keyOf);
  const keys = new Map([...before, ...now.map(keyOf)].map((key) => [key.join(), key]));
  await db.kept.put({ owner, name: REFUSED, value: [...keys.values()] });
}

/** The refused rows of a person, in the order of writing. */
export async function listRefused(db: LedgerDatabase, owner: string): Promise<RecordRow[]> {
  const keys = ((await db.kept.get([owner, REFUSED]))?.value ?? []) as RowKey[];
  const rows = await db.records.bulkGet(keys);
  return rows
    .filter((row) => row !== undefined)
    .filter(isRefused)
    .sort((a, b) => a.seq - b.seq);
}

function refusedBefore(db: LedgerDatabase, owner: string, device: string): Promise<RecordRow[]> {
  return db.records
    .where('[owner+device+seq]')
    .between([owner, device, Dexie.minKey], [owner, device, Dexie.maxKey])
    .filter(isRefused)
    .toArray();
}

function isRefused(row: RecordRow): boolean {
  return row.state === 'refused';
}
