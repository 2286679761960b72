import { liveQuery } from 'dexie';
import type { Clock } from '#lib/clock.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import { ok, type Result } from '#lib/result.ts';
import {
  createDatabase,
  openDatabase,
  type DatabaseDeps,
  type LedgerDatabase,
} from './database.ts';
import { keepValue, keptValue } from './kept.ts';
import { createLedgerSync } from './create-ledger-sync.ts';
import type { Ledger, StorageError } from './ledger.ts';
import { admitPerson, currentPerson, listPeople, setCurrentPerson } from './people.ts';
import { readRecords } from './read.ts';
import { createSelfCipher } from './self-cipher.ts';
import { countUnsent } from './sync/list-unsent.ts';
import { writeAll, type WriteDeps } from './write.ts';

export interface LedgerDeps extends DatabaseDeps {
  clock: Clock;
  ids: Ids;
  random: Random;
  /** Left out or without `subtle`: self records cannot be saved, everything else can. */
  crypto?: { readonly subtle?: SubtleCrypto };
  /** Called where the phone is full, before a record is tried once more: frees what can be fetched again. */
  makeRoom?: () => Promise<boolean>;
}

/** The owner of what is kept before anybody joined. */
const PHONE = '';

/** The ledger, opened with its first use; for the start of the app use `openLedger`. */
export function createLedger(deps: LedgerDeps): Ledger {
  return ledgerOver(createDatabase(deps), deps);
}

/** A ledger that is open, or why there can be none; never throws. */
export async function openLedger(deps: LedgerDeps): Promise<Result<Ledger, StorageError>> {
  const db = createDatabase(deps);
  const opened = await openDatabase(db, deps.wait);
  return opened.ok ? ok(ledgerOver(db, deps)) : opened;
}

function ledgerOver(db: LedgerDatabase, deps: LedgerDeps): Ledger {
  const { clock, ids, random } = deps;
  const cipher = createSelfCipher({ subtle: deps.crypto?.subtle, random });
  const { makeRoom } = deps;
  const writing: WriteDeps = { db, clock, ids, random, cipher, ...(makeRoom ? { makeRoom } : {}) };
  const owner = async () => (await currentPerson(db))?.person ?? PHONE;
  return {
    people: () => listPeople(db),
    current: () => currentPerson(db),
    admit: (admission) => admitPerson({ db, clock, random }, admission),
    setCurrent: (person) => setCurrentPerson(db, person),
    write: async (draft) => first(await writeAll(writing, [draft])),
    writeAll: (drafts) => writeAll(writing, drafts),
    records: async (query = {}) => readRecords(db, await owner(), query),
    unsent: async () => countUnsent(db, await owner()),
    // Dexie follows reads over awaits only where the function that it is given is an async one.
    live: (query) => liveQuery(async () => query()),
    keep: async (name, value) => keepValue(db, await owner(), name, value),
    kept: async (name) => keptValue(db, await owner(), name),
    sync: createLedgerSync({ db, cipher }),
    database: db,
    close: () => db.close(),
  };
}

function first<T, E>(result: Result<T[], E>): Result<T, E> {
  if (!result.ok) return result;
  const [value] = result.value;
  if (value === undefined) throw new Error('one draft makes one record');
  return ok(value);
}
