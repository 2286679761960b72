/**
 * Erasing on this phone. Promises: whichever comes first, the erasure or what it names, the same bodies
 * are gone, also when either comes again; header, hash, head and place in the outbox stay, so that the
 * chain goes on and what was not sent yet is sent in its erased form. Call `settleErasures` in the
 * transaction that stores the rows, over `records` and `erasures`.
 */
import { Dexie } from 'dexie';
import { toBase64Url } from '#lib/base64.ts';
import type { ErasureBody } from '#domain/bodies/erasure.ts';
import { ERASURE_KIND, isErasable, mayErase } from '#domain/erasure.ts';
import { innerHash } from '#domain/records.ts';
import type { ErasureRow, LedgerDatabase } from './database.ts';
import { erasedForm, type RecordRow } from './record-row.ts';

/**
 * Notes what the erasures among `rows` name and erases what of it is here; answers the rows as they
 * are to be stored, erased where an erasure has named them.
 */
export async function settleErasures(
  db: LedgerDatabase,
  owner: string,
  rows: readonly RecordRow[],
): Promise<RecordRow[]> {
  const named = rows.filter(counts).flatMap((row) => namedBy(owner, row));
  if (named.length > 0) await db.erasures.bulkPut(named);
  for (const one of named) await eraseHere(db, one);
  const scopes = new Set(rows.filter(({ kind }) => isErasable(kind)).map(({ scope }) => scope));
  const gone = new Set<string>();
  for (const scope of scopes) for (const id of await idsIn(db, owner, scope)) gone.add(id);
  return rows.map((row) => (gone.has(row.id) && mayErase(row.scope, row) ? erasedRow(row) : row));
}

/** The row without what it said; one that is erased stays as it is. */
export function erasedRow(row: RecordRow): RecordRow {
  if (row.erased !== undefined) return row;
  return { ...row, ...erasedForm(row, toBase64Url(innerHash(row.salt, row.text))) };
}

/** An erasure that waits for a person (待核對) takes nothing yet: what is gone does not come back. */
function counts({ kind, confirm, state }: RecordRow): boolean {
  return kind === ERASURE_KIND && confirm === null && state !== 'refused';
}

function namedBy(owner: string, { scope, text }: RecordRow): ErasureRow[] {
  const { records } = JSON.parse(text) as ErasureBody;
  return records.map((id) => ({ owner, scope, id }));
}

async function eraseHere(db: LedgerDatabase, { owner, scope, id }: ErasureRow): Promise<void> {
  const rows = await db.records
    .where('[owner+id+hash]')
    .between([owner, id, Dexie.minKey], [owner, id, Dexie.maxKey])
    .toArray();
  await db.records.bulkPut(rows.filter((row) => mayErase(scope, row)).map(erasedRow));
}

async function idsIn(db: LedgerDatabase, owner: string, scope: string): Promise<string[]> {
  const keys = await db.erasures
    .where('[owner+scope+id]')
    .between([owner, scope, Dexie.minKey], [owner, scope, Dexie.maxKey])
    .primaryKeys();
  return keys.map(([, , id]) => id);
}
