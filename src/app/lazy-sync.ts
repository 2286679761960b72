import type { Health } from '#data/health.port.ts';
import type { Joining, Rejoining } from '#data/joining.port.ts';
import type { Moving } from '#data/moving.port.ts';
import type { OnceLinks } from '#data/once.port.ts';
import type { Foresight } from '#data/retention.port.ts';
import { fail } from '#lib/result.ts';
import type { SyncDeps, SyncParts } from './start-sync.ts';

interface LazySync {
  joining: Joining & Rejoining;
  moving: Moving;
  health: Health;
  /** What a desk asks of the server besides. */
  foresight: Foresight & OnceLinks;
  start(): Promise<unknown>;
}

/**
 * Sync comes after the first screen: it is fetched once, by whoever asks first. Where its file can
 * not be had (no network before the worker is ready) joining says so, and the next try fetches again.
 */
export function createLazySync(deps: SyncDeps): LazySync {
  let started: Promise<SyncParts> | null = null;

  function parts(): Promise<SyncParts> {
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
    start: () => parts().catch(unreachable),
    joining: {
      look: async (secret) =>
        (await parts().catch(unreachable))?.look(secret) ?? fail('network.unreachable'),
      join: async (secret) =>
        (await parts().catch(unreachable))?.join(secret) ?? fail('network.unreachable'),
      askAgain: async (secret) =>
        (await parts().catch(unreachable))?.askAgain(secret) ?? fail('network.unreachable'),
    },
    moving: {
      make: async (way) =>
        (await parts().catch(unreachable))?.make(way) ?? fail('network.unreachable'),
      takeBack: async () =>
        (await parts().catch(unreachable))?.takeBack() ?? fail('network.unreachable'),
      take: async (code) =>
        (await parts().catch(unreachable))?.take(code) ?? fail('network.unreachable'),
    },
    health: {
      ask: async () => (await parts().catch(unreachable))?.ask() ?? fail('network.unreachable'),
    },
    foresight: {
      foresee: async (rule) =>
        (await parts().catch(unreachable))?.foresee(rule) ?? fail('network.unreachable'),
      leaveOnce: async (as, file) =>
        (await parts().catch(unreachable))?.leaveOnce(as, file) ?? fail('network.unreachable'),
    },
  };
}
