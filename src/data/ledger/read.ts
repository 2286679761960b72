/**
 * What screens and folds read. Promises: a record that waited for a person is told as the desk decided
 * (decisions.ts), whichever of the two came first; where nothing waits no decision is read.
 */
import { Dexie } from 'dexie';
import { DECISION_KIND, foldDecisions, isDecidable } from '#domain/decisions.ts';
import { waits } from '#domain/waits.ts';
import type { LedgerDatabase } from './database.ts';
import type { LedgerRecord, RecordQuery } from './ledger.ts';
import { toRecord, type RecordRow } from './record-row.ts';

/** A person's records that match every given part of the query, in no promised order. */
export async function readRecords(
  db: LedgerDatabase,
  owner: string,
  query: RecordQuery,
): Promise<LedgerRecord[]> {
  const { kind, scope } = query;
  const kinds = typeof kind === 'string' ? [kind] : (kind ?? [undefined]);
  const ranges = [...new Set(kinds)].map((one) =>
    rowsOf(db, { owner, kind: one, scope }).toArray(),
  );
  const rows = (await Promise.all(ranges)).flat();
  const records = await asDecided(db, owner, rows);
  return query.subject === undefined
    ? records
    : records.filter((record) => record.subject === query.subject);
}

async function asDecided(
  db: LedgerDatabase,
  owner: string,
  rows: readonly RecordRow[],
): Promise<LedgerRecord[]> {
  const scopes = [...new Set(rows.filter(waits).map(({ scope }) => scope))];
  if (scopes.length === 0) return rows.map(toRecord);
  const queries = scopes.map((scope) =>
    rowsOf(db, { owner, kind: DECISION_KIND, scope }).toArray(),
  );
  const given = (await Promise.all(queries)).flat().filter(({ state }) => state !== 'refused');
  const decisions = foldDecisions(given.map(toRecord));
  return rows.map((row) => {
    const decision = waits(row) && isDecidable(row.kind) ? decisions.get(row.hash) : undefined;
    const record = toRecord(row);
    if (decision?.record !== row.id) return record;
    return decision.counts ? { ...record, confirm: null } : { ...record, declined: true };
  });
}

interface Range {
  owner: string;
  kind: string | undefined;
  scope: string | undefined;
}

function rowsOf(db: LedgerDatabase, { owner, kind, scope }: Range) {
  if (scope === undefined) {
    const [low, high] = kind === undefined ? [Dexie.minKey, Dexie.maxKey] : [kind, kind];
    return db.records.where('[owner+topic]').between([owner, low], [owner, high], true, true);
  }
  const [low, high] = kind === undefined ? [Dexie.minKey, Dexie.maxKey] : [kind, kind];
  return db.records
    .where('[owner+scope+topic]')
    .between([owner, scope, low], [owner, scope, high], true, true);
}
