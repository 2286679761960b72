import { inject, type InjectionKey } from 'vue';
import type { Clock } from '#lib/clock.ts';

export const clockKey: InjectionKey<Clock> = Symbol('clock');

/** This app's clock; handed in once, so that a test can turn it. */
export function useClock(): Clock {
  const clock = inject(clockKey);
  if (!clock) throw new Error('no clock was provided');
  return clock;
}
