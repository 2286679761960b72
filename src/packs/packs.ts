import { openPack, type OpenedPack } from '#content/open-pack.ts';
import type { PackError } from '#content/verify-pack.ts';
import type { Result } from '#lib/result.ts';
import { BUILT_IN_PACKS, type BuiltInPack } from './catalogue.ts';
import { fetchPack, type Fetch } from './fetch-pack.ts';

export type PackTrouble = 'pack.unreachable' | PackError;

export interface Packs {
  /** A pack in both scripts, proven against its manifest. Opened once, kept while the app is open. */
  open(id: BuiltInPack): Promise<Result<OpenedPack, PackTrouble>>;
}

/** What `Packs` are provided under. */
export const packsKey = Symbol('packs');

/** The built-in packs over same-origin fetch; the service worker answers it when there is no network. */
export function createPacks(deps: { fetch: Fetch }): Packs {
  const opened = new Map<BuiltInPack, Promise<Result<OpenedPack, PackTrouble>>>();

  async function load(id: BuiltInPack): Promise<Result<OpenedPack, PackTrouble>> {
    const fetched = await fetchPack(BUILT_IN_PACKS[id].folder, deps.fetch);
    const result = fetched.ok ? openPack(fetched.value.manifest, fetched.value.files) : fetched;
    // A failure is not kept: the next look tries again.
    if (!result.ok) opened.delete(id);
    return result;
  }

  return {
    open(id) {
      const known = opened.get(id) ?? load(id);
      opened.set(id, known);
      return known;
    },
  };
}
