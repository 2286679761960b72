import { inject } from 'vue';
import { databaseOf } from '#data/ledger/database.ts';
import { mirrorStorageKey } from '#data/mirror-storage.ts';
import { useLedger } from '#data/use-ledger.ts';
import { readMirror } from './mirror-store.ts';
import { RESTORED, type Restored } from './restore-mirror.ts';
import { findWayOut, type WayOut } from './way-out.ts';

/** A door for screens: what can be taken off this phone by hand, and how its second line stands. */
export function useWayOut(): {
  /** Everything without a receipt, of the person on the screen. */
  find(): Promise<WayOut>;
  /** How many unsent records found no room outside the database. */
  left(): number;
  /** What was found broken and put back on this phone, the last time; null when nothing ever was. */
  restored(): Promise<Restored | null>;
  /** Whether the database opens at all. */
  opens: boolean;
} {
  const ledger = useLedger();
  const storage = inject(mirrorStorageKey, undefined);
  return {
    find: () => findWayOut(databaseOf(ledger), storage),
    left: () => readMirror(storage).left,
    restored: () => ledger.sync.keptFor<Restored>('', RESTORED).catch(() => null),
    opens: ledger.database !== null,
  };
}
