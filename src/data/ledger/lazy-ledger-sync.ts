import type { createLedgerSync } from './create-ledger-sync.ts';
import type { LedgerSync } from './ledger-sync.ts';

type Verb = (...given: unknown[]) => Promise<unknown>;

/** Every verb; a new one that is missing here does not compile. */
const VERBS: Record<keyof LedgerSync, true> = {
  people: true,
  listUnsent: true,
  countUnsent: true,
  listCursors: true,
  applyPage: true,
  applyResults: true,
  applyGrants: true,
  beginEpoch: true,
  noteAnswer: true,
  takeLease: true,
  dropLease: true,
  keepSigning: true,
  takeDevice: true,
  keepFor: true,
  keptFor: true,
};

/**
 * The sync engine's verbs, fetched with the first call of one: nothing of the first screen calls
 * any, and what is not fetched there is seconds on these links. A fetch that fails is made anew.
 */
export function lazyLedgerSync(deps: Parameters<typeof createLedgerSync>[0]): LedgerSync {
  let fetched: Promise<Record<string, Verb>> | null = null;
  const verbs = () =>
    (fetched ??= import('./create-ledger-sync.ts')
      .then((module) => module.createLedgerSync(deps) as unknown as Record<string, Verb>)
      .catch((error: unknown) => {
        fetched = null;
        throw error;
      }));
  const lazy = (name: string): [string, Verb] => [
    name,
    async (...given) => (await verbs())[name]?.(...given),
  ];
  return Object.fromEntries(Object.keys(VERBS).map(lazy)) as unknown as LedgerSync;
}
