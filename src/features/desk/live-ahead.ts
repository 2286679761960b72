import { onScopeDispose, watch, type ShallowRef } from 'vue';
import { useLive } from '#data/use-ledger.ts';
import { useLiveLater } from '#data/use-live-later.ts';

/**
 * `useLive` for a query that the screen before may follow already (`useAhead`): the screen that comes
 * next draws its last answer, which is that moment's, in its first frame, and follows the query itself
 * from after that frame on. Where nobody followed it, it is null until the first answer.
 * No answer lies here longer than from one screen to the next: who is on the screen may change.
 */
export function createLiveAhead<T>() {
  let last: T | null = null;
  let followers = 0;

  return function useLiveAhead(query: () => Promise<T>): Readonly<ShallowRef<T | null>> {
    const held = last === null ? useLive(query, last) : useLiveLater(() => true, query, last);
    watch(held, (value) => (last = value), { flush: 'sync' });
    followers += 1;
    onScopeDispose(() => {
      followers -= 1;
      setTimeout(() => {
        if (followers === 0) last = null;
      });
    });
    return held;
  };
}
