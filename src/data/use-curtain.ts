import { inject, shallowRef, type InjectionKey, type Ref } from 'vue';

/** Who has opened their curtain since the app began or somebody else was on the screen; null: nobody. */
export const curtainKey: InjectionKey<Ref<string | null>> = Symbol('curtain');

/** The app's one; closed at the start. */
export function createCurtain(): Ref<string | null> {
  return shallowRef<string | null>(null);
}

/** The curtain that main.ts provided. */
export function useCurtain(): Ref<string | null> {
  const opened = inject(curtainKey);
  if (!opened) throw new Error('no curtain was provided');
  return opened;
}
