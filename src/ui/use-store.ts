import { onScopeDispose, shallowReadonly, shallowRef, type Ref } from 'vue';

/** Something outside Vue that can be read at once and tells when it changes. */
export interface Store<T> {
  get(): T;
  /** Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
}

/** Follows a store for as long as the calling scope lives. */
export function useStore<T>(store: Store<T>): Readonly<Ref<T>> {
  const value = shallowRef(store.get());
  onScopeDispose(store.subscribe(() => (value.value = store.get())));
  return shallowReadonly(value);
}
