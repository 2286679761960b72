import type { LedgerSync } from './ledger-sync.ts';
import type { createLedgerSync } from './create-ledger-sync.ts';

type Verbs = Record<string, (...given: unknown[]) => Promise<unknown>>;

/**
 * The sync engine's verbs, fetched with the first call of one: nothing of the first screen calls
 * any, and what is not fetched there is seconds on these links. A fetch that fails is made anew.
 */
export function lazyLedgerSync(deps: Parameters<typeof createLedgerSync>[0]): LedgerSync {
  let fetched: Promise<Verbs> | null = null;
  const verbs = () =>
    (fetched ??= import('./create-ledger-sync.ts')
      .then((module) => module.createLedgerSync(deps) as unknown as Verbs)
      .catch((error: unknown) => {
        fetched = null;
        throw error;
      }));
  return new Proxy({} as LedgerSync, {
    get:
      (_, verb) =>
      async (...given: unknown[]) =>
        (await verbs())[String(verb)]?.(...given),
  });
}
