import type { Joining } from '#data/joining.port.ts';
import { fail } from '#lib/result.ts';
import type { SyncDeps } from './start-sync.ts';

/**
 * Sync comes after the first screen: it is fetched once, by whoever asks first. Where its file can
 * not be had (no network before the worker is ready) joining says so, and the next try fetches again.
 */
export function createLazySync(deps: SyncDeps): { joining: Joining; start(): Promise<unknown> } {
  let started: Promise<Joining> | null = null;

  function joining(): Promise<Joining> {
    started ??= import('./start-sync.ts')
      .then(({ startSync }) => startSync(deps))
      .catch((error: unknown) => {
        started = null;
        throw error;
      });
    return started;
  }

  const unreachable = () => null;
  return {
    start: () => joining().catch(unreachable),
    joining: {
      look: async (secret) =>
        (await joining().catch(unreachable))?.look(secret) ?? fail('network.unreachable'),
      join: async (secret) =>
        (await joining().catch(unreachable))?.join(secret) ?? fail('network.unreachable'),
    },
  };
}
