import { inject, type InjectionKey } from 'vue';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';

/** Provided once by main.ts. */
export const idsKey: InjectionKey<Ids> = Symbol('ids');
export const randomKey: InjectionKey<Random> = Symbol('random');

/** Makes ids for what a screen creates: persons and branches. */
export function useIds(): Ids {
  const ids = inject(idsKey);
  if (!ids) throw new Error('no ids provided');
  return ids;
}

/** Secrets and card ids come from here. */
export function useRandom(): Random {
  const random = inject(randomKey);
  if (!random) throw new Error('no random source provided');
  return random;
}
