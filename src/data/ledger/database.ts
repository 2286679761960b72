/**
 * The connection to `ledger`. Promises: strict durability for every transaction (Chrome's default
 * leaves a commit in the operating system's cache, where a dead battery forgets it); no cache of
 * Dexie's between a query and the database, so that nothing is shown before it is committed.
 */
import { Dexie, type Table } from 'dexie';
import type { View } from '#domain/audience.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import * as v1 from '#data/versions/v1.ts';
import * as v2 from '#data/versions/v2.ts';
import type { Ledger, StorageError } from './ledger.ts';
import { followOpenings, type OpeningEvents } from './openings.ts';
import type { Person } from './person.ts';
import type { RecordRow, RowKey } from './record-row.ts';

export interface CursorRow {
  owner: string;
  scope: string;
  view: View;
  n: number;
  tag: string;
}

export interface FloorRow {
  owner: string;
  device: string;
  seq: number;
  head: string | null;
}

/** A record whose body an erasure has named; it may still be on its way. */
export interface ErasureRow {
  owner: string;
  scope: string;
  id: string;
}

export interface LedgerDatabase extends Dexie {
  people: Table<Person, string>;
  records: Table<RecordRow, RowKey>;
  cursors: Table<CursorRow, [owner: string, scope: string, view: View]>;
  kept: Table<{ owner: string; name: string; value: unknown }, [owner: string, name: string]>;
  floors: Table<FloorRow, [owner: string, device: string]>;
  meta: Table<{ name: string; value: unknown }, string>;
  erasures: Table<ErasureRow, [owner: string, scope: string, id: string]>;
}

export interface DatabaseDeps {
  /** Left out: the browser's own. */
  indexedDB?: IDBFactory;
  IDBKeyRange?: typeof IDBKeyRange;
  /** Left out: `ledger`. */
  name?: string;
  /** Rests between tries to open; left out: real time. */
  wait?: (ms: number) => Promise<void>;
}

/** The database, opened with its first use; what happens to its connections is told to `events`. */
export function createDatabase(
  deps: DatabaseDeps,
  events: () => OpeningEvents | undefined,
): LedgerDatabase {
  const { IDBKeyRange: keyRange } = deps;
  const factory =
    deps.indexedDB &&
    followOpenings(deps.indexedDB, {
      onMade: (lost) => events()?.onMade(lost),
      onClosed: () => events()?.onClosed(),
    });
  const db = new Dexie(deps.name ?? 'ledger', {
    ...(factory ? { indexedDB: factory } : {}),
    ...(keyRange ? { IDBKeyRange: keyRange } : {}),
    chromeTransactionDurability: 'strict',
    cache: 'disabled',
  }) as LedgerDatabase;
  // A database of a later version opens too, in its own: every version keeps what was there before.
  db.version(1).stores(v1.stores);
  db.version(2).stores(v2.stores).upgrade(v2.upgrade);
  // A newer page wants to change the schema: let it; the next use here opens again or fails plainly.
  db.on('versionchange', () => db.close({ disableAutoOpen: false }));
  return db;
}

/** The database under a ledger, for data/mirror; null where there is none. */
export function databaseOf(ledger: Pick<Ledger, 'database'>): LedgerDatabase | null {
  return ledger.database as LedgerDatabase | null;
}

/** An open that another tab holds up longer than this counts as failed: the screen must say something. */
const OPEN_MAX_MS = 10_000;

/**
 * Waits before the second and the third try: a database that the browser is still repairing or
 * whose files another process has not let go yet opens a moment later. A fourth try never helped;
 * then the screen says so and shows the way out.
 */
const OPEN_AGAIN_MS = [250, 1_000];

/** Opens the database, three tries at most; says why where that cannot be. */
export async function openDatabase(
  db: LedgerDatabase,
  wait: (ms: number) => Promise<void> = pause,
): Promise<Result<void, StorageError>> {
  for (const rest of [...OPEN_AGAIN_MS, null]) {
    const opened = await openOnce(db);
    // Nothing to try again where there is no IndexedDB, or where another tab is in the way.
    if (opened.ok || opened.error !== 'failed')
      return opened.ok ? opened : fail(CODES[opened.error]);
    if (rest !== null) await wait(rest);
  }
  return fail(CODES.failed);
}

const CODES = {
  none: 'storage.none',
  late: 'storage.failed',
  failed: 'storage.failed',
} as const;

async function openOnce(db: LedgerDatabase): Promise<Result<void, keyof typeof CODES>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, OPEN_MAX_MS, 'late');
  });
  try {
    const first = await Promise.race([db.open(), late]);
    return first === 'late' ? fail('late') : ok(undefined);
  } catch (error) {
    return fail(error instanceof Error && error.name === 'MissingAPIError' ? 'none' : 'failed');
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
