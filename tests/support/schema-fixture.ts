/** Databases as files: what an old version of the app left on a phone, opened by the present one. */
import { Dexie } from 'dexie';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import type { LedgerDeps } from '#data/ledger/create-ledger.ts';

export interface SchemaFixture {
  version: number;
  stores: Record<string, string>;
  rows: Record<string, unknown[]>;
}

type Place = Pick<LedgerDeps, 'indexedDB' | 'IDBKeyRange' | 'name'>;

/** Everything in a database, bytes as `{"$bytes": base64url}`. */
export async function dumpDatabase(
  place: Place,
  fixture: Omit<SchemaFixture, 'rows'>,
): Promise<SchemaFixture> {
  const db = open(place, fixture);
  const rows: SchemaFixture['rows'] = {};
  for (const table of db.tables) rows[table.name] = (await table.toArray()).map(toPlain);
  db.close();
  return { ...fixture, rows };
}

/** Makes the database that the fixture is a picture of. */
export async function loadDatabase(place: Place, fixture: SchemaFixture): Promise<void> {
  const db = open(place, fixture);
  for (const [table, rows] of Object.entries(fixture.rows))
    await db.table(table).bulkAdd(rows.map(fromPlain));
  db.close();
}

function open(
  { indexedDB, IDBKeyRange, name = 'ledger' }: Place,
  fixture: Omit<SchemaFixture, 'rows'>,
): Dexie {
  const db = new Dexie(name, {
    ...(indexedDB && { indexedDB }),
    ...(IDBKeyRange && { IDBKeyRange }),
  });
  db.version(fixture.version).stores(fixture.stores);
  return db;
}

function toPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: toBase64Url(value) };
  return mapped(value, toPlain);
}

function fromPlain(value: unknown): unknown {
  const bytes = (value as { $bytes?: string } | null)?.$bytes;
  return bytes === undefined ? mapped(value, fromPlain) : fromBase64Url(bytes);
}

function mapped(value: unknown, each: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, each(member)]));
}
