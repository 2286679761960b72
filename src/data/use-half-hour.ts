import { inject, onScopeDispose, shallowReadonly, shallowRef, type Ref } from 'vue';
import type { HalfHour } from '#domain/half-hour.ts';
import { halfHourKey, type HalfHourCounter } from './half-hour.ts';

/** The app's one half hour and its verbs; it runs on when the calling screen goes. */
export function useHalfHour(): HalfHourCounter & { state: Readonly<Ref<HalfHour | null>> } {
  const counter = inject<HalfHourCounter>(halfHourKey);
  if (!counter) throw new Error('no half hour was provided');
  const state = shallowRef(counter.get());
  onScopeDispose(counter.subscribe(() => (state.value = counter.get())));
  void counter.open();
  return { ...counter, state: shallowReadonly(state) };
}
