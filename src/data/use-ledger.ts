import {
  inject,
  onScopeDispose,
  readonly,
  shallowRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue';
import type { Ledger } from './ledger/ledger.ts';

export const ledgerKey: InjectionKey<Ledger> = Symbol('ledger');

/** The ledger that main.ts provided. */
export function useLedger(): Ledger {
  const ledger = inject(ledgerKey);
  if (!ledger) throw new Error('no ledger was provided');
  return ledger;
}

/**
 * A readonly ref that follows a query of the ledger: `initial` until the first answer, then again
 * after each change of what it read, in any tab. Ends with the component or scope.
 * A failing query keeps the last value and ends up with the app's handler of rejections.
 */
export function useLive<T>(
  query: () => Promise<T>,
  initial: T,
  ledger: Ledger = useLedger(),
): Readonly<ShallowRef<T>> {
  const value = shallowRef(initial);
  const subscription = ledger.live(query).subscribe({
    next: (next) => {
      value.value = next;
    },
    error: (error: unknown) => {
      void Promise.reject(error);
    },
  });
  onScopeDispose(() => subscription.unsubscribe());
  return readonly(value) as Readonly<ShallowRef<T>>;
}
