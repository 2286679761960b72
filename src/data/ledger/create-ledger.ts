import type { Table } from 'dexie';
import type { Clock } from '#lib/clock.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import { ok, type Result } from '#lib/result.ts';
import { createConnection, type Connection } from './connection.ts';
import { drawCurtain } from './curtain.ts';
import { createDatabase, type DatabaseDeps, type LedgerDatabase } from './database.ts';
import { keepValue, keptValue } from './kept.ts';
import { lazyLedgerSync } from './lazy-ledger-sync.ts';
import { lazyWriteAll } from './lazy-write.ts';
import type { Ledger, StorageError } from './ledger.ts';
import { followQuery } from './live.ts';
import {
  admitPerson,
  currentOwner,
  currentPerson,
  listPeople,
  readAsCurrent,
  setCurrentPerson,
} from './people.ts';
import { readRecords } from './read.ts';
import { toRecord } from './record-row.ts';
import { listRefused } from './refused.ts';
import { createSelfCipher } from './self-cipher.ts';
import { countUnsent } from './sync/list-unsent.ts';

export interface LedgerDeps extends DatabaseDeps {
  clock: Clock;
  ids: Ids;
  random: Random;
  /** Left out or without `subtle`: self records cannot be saved, everything else can. */
  crypto?: { readonly subtle?: SubtleCrypto };
  /** Called where the phone is full, before a record is tried once more: frees what can be fetched again. */
  makeRoom?: () => Promise<boolean>;
  /** Called when records were saved and read back. */
  onSaved?: () => void;
}

/** The ledger, opened with its first use; for the start of the app use `openLedger`. */
export function createLedger(deps: LedgerDeps): Ledger {
  return ledgerOver(connect(deps), deps);
}

/** A ledger that is open, or why there can be none; never throws. */
export async function openLedger(deps: LedgerDeps): Promise<Result<Ledger, StorageError>> {
  const connected = connect(deps);
  const opened = await connected.connection.open();
  return opened.ok ? ok(ledgerOver(connected, deps)) : opened;
}

interface Connected {
  db: LedgerDatabase;
  connection: Connection;
}

function connect(deps: LedgerDeps): Connected {
  const { clock, wait } = deps;
  const db: LedgerDatabase = createDatabase(deps, () => connection.events);
  const connection = createConnection({ db, monotonic: () => clock.monotonic(), wait });
  return { db, connection };
}

function ledgerOver({ db, connection }: Connected, deps: LedgerDeps): Ledger {
  const { clock, ids, random, makeRoom, onSaved } = deps;
  const { use } = connection;
  const cipher = createSelfCipher({ subtle: deps.crypto?.subtle, random });
  const writeAll = lazyWriteAll({
    ...{ db, use, clock, ids, random, cipher },
    ...(makeRoom ? { makeRoom } : {}),
    ...(onSaved ? { onSaved } : {}),
  });
  const screens = [db.meta, db.people, db.records, db.kept];
  const asCurrent = <T>(tables: readonly Table[], read: (owner: string) => Promise<T>) =>
    use(() => readAsCurrent(db, tables, read));
  return {
    people: () => use(() => listPeople(db)),
    current: () => use(() => currentPerson(db)),
    admit: (...given) => use(() => admitPerson({ db, clock, random }, ...given)),
    setCurrent: (person) => use(() => setCurrentPerson(db, person)),
    drawCurtain: (digits) => use(() => drawCurtain({ db, random }, digits)),
    write: async (draft) => first(await writeAll([draft])),
    writeAll,
    records: (query = {}) => asCurrent([db.records], (owner) => readRecords(db, owner, query)),
    refused: () =>
      asCurrent([db.records, db.kept], async (owner) =>
        (await listRefused(db, owner)).map(toRecord),
      ),
    unsent: () => asCurrent([db.records], (owner) => countUnsent(db, owner)),
    atOnce: (read) => use(() => db.transaction('r', screens, async () => read())),
    live: (query) => followQuery(connection, query),
    keep: (name, value) => use(async () => keepValue(db, await currentOwner(db), name, value)),
    kept: <T>(name: string) => asCurrent([db.kept], (owner) => keptValue<T>(db, owner, name)),
    sync: lazyLedgerSync({ db, use, cipher }),
    database: db,
    connection,
    close() {
      connection.end();
      db.close();
    },
  };
}

function first<T, E>(result: Result<T[], E>): Result<T, E> {
  if (!result.ok) return result;
  const [value] = result.value;
  if (value === undefined) throw new Error('one draft makes one record');
  return ok(value);
}
