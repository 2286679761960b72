import type { OpenedPack } from '#content/open-pack.ts';
import type { PackError } from '#content/verify-pack.ts';
import type { Result } from '#lib/result.ts';
import { BUILT_IN_PACKS, type BuiltInPack } from './catalogue.ts';
import type { Fetch } from './fetch-pack.ts';

export type PackTrouble = 'pack.unreachable' | PackError;

export interface PackShelf {
  /** A pack in both scripts, proven against its manifest. Opened once, kept while the app is open. */
  open(id: BuiltInPack): Promise<Result<OpenedPack, PackTrouble>>;
}

/** What the shelf is provided under. */
export const packShelfKey = Symbol('pack shelf');

/** The built-in packs over same-origin fetch; the service worker answers it when there is no network. */
export function createPackShelf(deps: { fetch: Fetch }): PackShelf {
  const opened = new Map<BuiltInPack, Promise<Result<OpenedPack, PackTrouble>>>();

  async function load(id: BuiltInPack): Promise<Result<OpenedPack, PackTrouble>> {
    // Only now: who reads nothing never loads the dictionaries.
    const { fetchAndOpen } = await import('./fetch-and-open.ts');
    const result = await fetchAndOpen(BUILT_IN_PACKS[id].folder, deps.fetch);
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
