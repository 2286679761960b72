import type { ShallowRef } from 'vue';
import { readClosing, type ClosingView } from './closing-view.ts';
import { useLedger, useLive } from './use-ledger.ts';

/** How the roll of an activity ended: undefined while it is read, null where this person does not keep it. */
export function useClosingView(id: string): Readonly<ShallowRef<ClosingView | null | undefined>> {
  const ledger = useLedger();
  return useLive(() => ledger.atOnce(() => readClosing(ledger, id)), undefined);
}
