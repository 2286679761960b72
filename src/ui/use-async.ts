import { onScopeDispose, shallowReadonly, shallowRef, type Ref } from 'vue';

/** Something that takes a moment: null until it is there; `again` asks once more. */
export function useAsync<T>(ask: () => Promise<T>): {
  value: Readonly<Ref<T | null>>;
  again: () => Promise<void>;
} {
  const value = shallowRef<T | null>(null);
  let gone = false;
  onScopeDispose(() => (gone = true));

  async function again(): Promise<void> {
    value.value = null;
    const answer = await ask();
    if (!gone) value.value = answer;
  }
  void again();
  return { value: shallowReadonly(value), again };
}
