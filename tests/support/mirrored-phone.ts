/** A phone with a mirror, whose database can be damaged as a broken flash chip or Chromium does it. */
import { createLedger, type LedgerDeps } from '#data/ledger/create-ledger.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { databaseOf as underneath, type LedgerDatabase } from '#data/ledger/database.ts';
import { createSelfCipher } from '#data/ledger/self-cipher.ts';
import { restoreMirror } from '#data/mirror/restore-mirror.ts';
import { saveMirror } from '#data/mirror/save-mirror.ts';
import { memoryIndexedDB } from './memory-indexeddb.ts';
import { memoryStorage, type MemoryStorage } from './memory-storage.ts';
import { joinedLedger } from './test-ledger.ts';

/** The database under a ledger. */
export function databaseOf(ledger: Ledger): LedgerDatabase {
  const db = underneath(ledger);
  if (!db) throw new Error('this ledger has no database');
  return db;
}

/** Somebody who has joined, and their mirror; it is saved where a test says so. */
export async function mirroredPhone(role: 'member' | 'secretary' = 'member') {
  const phone = await joinedLedger(role);
  const storage = memoryStorage();
  return { ...phone, storage, save: () => saveMirror(databaseOf(phone.ledger), storage) };
}

/** The next start: the same storage and, where it was not replaced, the same database. */
export async function startAgain(
  before: { ledger: Ledger; deps: LedgerDeps; storage: MemoryStorage },
  change: Partial<LedgerDeps> = {},
) {
  before.ledger.close();
  const deps = { ...before.deps, ...change };
  const ledger = createLedger(deps);
  const restore = () =>
    restoreMirror({
      db: databaseOf(ledger),
      storage: before.storage,
      cipher: createSelfCipher({ subtle: crypto.subtle, random: deps.random }),
      now: deps.clock.now(),
    });
  return { ...before, ledger, deps, restore, restored: await restore() };
}

/** A database that was re-created empty, without a word. */
export const EMPTIED = () => memoryIndexedDB();

/** The end of the log gone: nothing of this device above `seq` is left. */
export async function loseAfter(ledger: Ledger, seq: number): Promise<void> {
  await databaseOf(ledger)
    .records.filter((row) => row.seq > seq)
    .delete();
}
