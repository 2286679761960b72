import { effectScope, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { useLedger, useLive } from './use-ledger.ts';

/**
 * As `useLive`, for what takes a full phone long to read (5,000 rows block a slow one for a second,
 * D-17): begins when what `isShown` speaks of has been painted; `initial` until then.
 */
export function useLiveLater<T>(
  isShown: () => boolean,
  query: () => Promise<T>,
  initial: T,
): Readonly<ShallowRef<T>> {
  const value = shallowRef(initial);
  const ledger = useLedger();
  const scope = effectScope();
  watch(isShown, (is, was) => is && !was && afterPaint(begin), { immediate: true, flush: 'post' });
  onScopeDispose(() => scope.stop());

  function begin(): void {
    scope.run(() => {
      const live = useLive(query, initial, ledger);
      watch(live, (next) => (value.value = next));
    });
  }
  return value as Readonly<ShallowRef<T>>;
}

/** A task after the next frame; a page out of sight gets its frame when it is looked at. */
function afterPaint(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
}
