/**
 * The second line of un-acknowledged records, outside IndexedDB: Chromium re-creates a damaged
 * database empty without a word. Promises: what was lost is put back before the first exchange with
 * the server; from then on the mirror follows every change. Nobody's 已存到手機 waits for it, and
 * nothing that fails here reaches a screen.
 */
import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import type { Locks } from '#data/lease-locks.ts';
import { databaseOf, type LedgerDatabase } from '#data/ledger/database.ts';
import { isLost } from '#data/ledger/connection.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { MirrorStorage } from '#data/ledger/mirror-head.ts';
import { createSelfCipher } from '#data/ledger/self-cipher.ts';
import { countUnsent } from '#data/ledger/sync/list-unsent.ts';
import { restoreMirror, type Restored } from './restore-mirror.ts';
import { saveMirror } from './save-mirror.ts';

export interface MirrorDeps {
  ledger: Ledger;
  storage: MirrorStorage | undefined;
  clock: Clock;
  random: Random;
  subtle?: SubtleCrypto | undefined;
  /** Keeps the pages of one phone from writing over each other, where there are locks. */
  locks?: Locks | undefined;
  /** Runs once after so many ms; the answer cancels it. */
  schedule: (ms: number, run: () => void) => () => void;
  /** Told of a bug; the app goes on without a mirror. */
  onError: (error: unknown) => void;
  /** Told when something was lost and put back, at the start or under the running app. */
  onRestored?: () => void;
}

/** Several taps of a roll are mirrored together; short beside the seconds the browser takes itself. */
const AFTER_MS = 300;

/** Shared with every later version. */
const LOCK = 'rixue-mirror';

/** Restores what was lost and follows the ledger from then on; what was restored, or null. */
export async function startMirror(deps: MirrorDeps): Promise<Restored | null> {
  const { ledger, storage, onError } = deps;
  const db = databaseOf(ledger);
  if (!db || !storage) return null;
  const alone = inTurn(deps.locks);
  try {
    const cipher = createSelfCipher({ subtle: deps.subtle, random: deps.random });
    const restore = async () => {
      const now = deps.clock.now();
      const restored = await alone(() => restoreMirror({ db, storage, cipher, now }));
      if (restored) deps.onRestored?.();
      return restored;
    };
    ledger.connection.onEmptied(restore);
    const restored = await restore();
    follow(deps, db, () => alone(() => saveMirror(db, storage)));
    return restored;
  } catch (error) {
    onError(error); // a database that fails now says so where it is used
    return null;
  }
}

function follow(deps: MirrorDeps, db: LedgerDatabase, save: () => Promise<unknown>): void {
  let waits = false;
  const later = () => {
    if (waits) return;
    waits = true;
    deps.schedule(AFTER_MS, () => {
      waits = false;
      // A connection that was lost comes back with a new look at everything, and so with this.
      save().catch((error: unknown) => isLost(error) || deps.onError(error));
    });
  };
  deps.ledger.live(() => glance(db)).subscribe({ next: later, error: deps.onError });
}

/** Reads just enough to be told of every change that the mirror wants to know. */
async function glance(db: LedgerDatabase): Promise<void> {
  await db.meta.toArray();
  for (const { person } of await db.people.toArray()) await countUnsent(db, person);
}

function inTurn(locks: Locks | undefined) {
  return async <T>(run: () => Promise<T>): Promise<T> =>
    locks ? ((await locks.request(LOCK, run)) as T) : run();
}
