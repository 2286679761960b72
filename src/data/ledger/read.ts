import { Dexie } from 'dexie';
import type { LedgerDatabase } from './database.ts';
import type { LedgerRecord, RecordQuery } from './ledger.ts';
import { toRecord } from './record-row.ts';

/** A person's records that match every given part of the query, in no promised order. */
export async function readRecords(
  db: LedgerDatabase,
  owner: string,
  query: RecordQuery,
): Promise<LedgerRecord[]> {
  const rows = await rowsOf(db, owner, query).toArray();
  const records = rows.map(toRecord);
  return query.subject === undefined
    ? records
    : records.filter((record) => record.subject === query.subject);
}

function rowsOf(db: LedgerDatabase, owner: string, { kind, scope }: RecordQuery) {
  if (scope === undefined) {
    const [low, high] = kind === undefined ? [Dexie.minKey, Dexie.maxKey] : [kind, kind];
    return db.records.where('[owner+topic]').between([owner, low], [owner, high], true, true);
  }
  const [low, high] = kind === undefined ? [Dexie.minKey, Dexie.maxKey] : [kind, kind];
  return db.records
    .where('[owner+scope+topic]')
    .between([owner, scope, low], [owner, scope, high], true, true);
}
