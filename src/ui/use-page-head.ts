import { inject, onScopeDispose, shallowReactive, watchEffect, type InjectionKey } from 'vue';

/** What the masthead of the screen shows; the shell draws it once for all screens. */
export interface PageHead {
  title: string;
  /** One or two short lines in the middle. */
  lines: readonly string[];
  /** Where the back button leads; none on the four main screens. */
  back: string | null;
}

export const pageHeadKey: InjectionKey<PageHead> = Symbol('page head');

const EMPTY: PageHead = { title: '', lines: [], back: null };

/** Made once by the shell and provided under `pageHeadKey`. */
export function createPageHead(): PageHead {
  return shallowReactive({ ...EMPTY });
}

/** Sets the masthead for as long as the calling page lives; the getter is followed as it changes. */
export function usePageHead(head: () => Partial<PageHead> & { title: string }): void {
  const shared = inject(pageHeadKey, null);
  if (!shared) return;
  const stop = watchEffect(() => void Object.assign(shared, EMPTY, head()));
  onScopeDispose(stop);
}
