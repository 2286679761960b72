import type { ShallowRef } from 'vue';
import { KEPT_ASKED, type Asked } from './joining.port.ts';
import { databaseOf } from './ledger/database.ts';
import { keptValue } from './ledger/kept.ts';
import { useLedger, useLive } from './use-ledger.ts';

/** The request of this phone to be let in again; null where there is none. */
export function useAsked(): Readonly<ShallowRef<Asked | null>> {
  const db = databaseOf(useLedger());
  return useLive(async () => (db ? keptValue<Asked>(db, '', KEPT_ASKED) : null), null);
}
