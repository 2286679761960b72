import { onScopeDispose, watch, type ShallowRef } from 'vue';
import { useLive } from '#data/use-ledger.ts';
import { useLiveLater } from '#data/use-live-later.ts';

/**
 * `useLive` for a query that the screen before may follow already, in `ahead` (`useAhead`): the screen
 * that comes next, in `use`, draws its last answer, which is that moment's, in its first frame, and
 * follows the query itself from after that frame on. Where nobody followed it, it is null until the
 * first answer.
 * No answer lies here longer than from one screen to the next, and none of a screen's own: where
 * somebody else comes onto the phone, in another tab too, the same screen begins anew under its reader.
 */
export function createLiveAhead<T>() {
  let last: T | null = null;

  function ahead(query: () => Promise<T>): void {
    watch(useLive<T | null>(query, null), (value) => (last = value), { flush: 'sync' });
    onScopeDispose(() => setTimeout(() => (last = null)));
  }

  function use(query: () => Promise<T>): Readonly<ShallowRef<T | null>> {
    const first = last;
    last = null;
    return first === null
      ? useLive<T | null>(query, first)
      : useLiveLater<T | null>(() => true, query, first);
  }

  return { ahead, use };
}
