/**
 * The app of schema 1 and protocol 1, as far as it reads and sends its ledger: frozen. It knows nothing
 * of what came later; tests hand it what later versions left.
 */
import { Dexie, type Table } from 'dexie';
import { stores } from '#data/versions/v1.ts';
import type { LedgerDeps } from '#data/ledger/create-ledger.ts';

interface RowOfV1 {
  owner: string;
  id: string;
  hash: string;
  kind: string;
  v: number;
  scope: string;
  subject: string | null;
  author: string;
  device: string;
  seq: number;
  day: string;
  at: number;
  offset: number | null;
  offsetAge: number | null;
  salt: string;
  text: string;
  inner: { kind: string; day: string; at: number; body: unknown } | null;
  topic: string;
  state: string;
  outbox?: string;
  n: number | null;
  tag: string | null;
  head: string | null;
  views: string[];
  confirm: string | null;
  reason: string | null;
}

/** Opens the database as that app did; its page lets a newer one change the schema. */
export function openAppOfV1({ indexedDB, IDBKeyRange, name }: LedgerDeps) {
  const db = new Dexie(name ?? 'ledger', {
    ...(indexedDB ? { indexedDB } : {}),
    ...(IDBKeyRange ? { IDBKeyRange } : {}),
    chromeTransactionDurability: 'strict',
    cache: 'disabled',
  }) as Dexie & { records: Table<RowOfV1, [string, string, string]> };
  db.version(1).stores(stores);
  db.on('versionchange', () => db.close({ disableAutoOpen: false }));

  const unsentOf = (owner: string) =>
    db.records
      .where('[owner+outbox+seq]')
      .between([owner, Dexie.minKey, Dexie.minKey], [owner, Dexie.maxKey, Dexie.maxKey]);
  return {
    open: () => db.open(),
    close: () => db.close(),
    /** What its screens see. */
    records: async (owner: string) =>
      (
        await db.records
          .where('[owner+topic]')
          .between([owner, Dexie.minKey], [owner, Dexie.maxKey])
          .toArray()
      ).map(shown),
    /** What it sends. */
    listUnsent: async (owner: string) => (await unsentOf(owner).toArray()).map(sent),
    countUnsent: (owner: string) => unsentOf(owner).count(),
    /** Saves a row as it is. */
    add: (row: RowOfV1) =>
      db.transaction('rw', db.records, async () => void (await db.records.add(row))),
    rows: (owner: string) =>
      db.records.where('[owner+topic]').between([owner], [owner, []]).toArray(),
  };
}

function shown(row: RowOfV1) {
  const { id, seq, state } = row;
  const { kind, body } = row.inner ?? { kind: row.kind, body: bodyOf(row) };
  return { id, kind, seq, state, body };
}

function bodyOf(row: RowOfV1): unknown {
  return row.kind === 'self' ? null : (JSON.parse(row.text) as unknown);
}

function sent(row: RowOfV1) {
  const { id, scope, seq, salt } = row;
  if (row.kind === 'self') return { id, kind: 'self', scope, seq, salt, body: row.text };
  return {
    ...{ id, kind: row.kind, v: row.v, scope },
    ...(row.subject === null ? {} : { subject: row.subject }),
    ...{ seq, day: row.day, at: row.at },
    ...(row.offset === null ? {} : { offset: row.offset }),
    ...(row.offsetAge === null ? {} : { offsetAge: row.offsetAge }),
    ...{ salt, body: JSON.parse(row.text) as Record<string, unknown> },
  };
}
