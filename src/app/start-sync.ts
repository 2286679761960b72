import type { Joining } from '#data/joining.port.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Clock } from '#lib/clock.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import { learnCounty } from '#sync/county.ts';
import { createSyncEngine } from '#sync/engine.ts';
import { createFetchTransport } from '#sync/fetch-transport.ts';
import { createJoining } from '#sync/joining.ts';
import type { SyncStatusStore } from '#sync/status.ts';

export interface SyncDeps {
  ledger: Ledger;
  clock: Clock;
  random: Random;
  ids: Ids;
  status: SyncStatusStore;
  /** Told of a bug in the loop, which goes on. */
  onError: (error: unknown) => void;
}

/** Starts the loop of this page and makes the way in for invitations, over the page's own origin. */
export function startSync({ ledger, clock, random, ids, status, onError }: SyncDeps): Joining {
  const transport = createFetchTransport({
    server: '',
    clock,
    fetch: (input, init) => fetch(input, init),
  });
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  const signing = subtle ? { subtle } : {};
  const engine = createSyncEngine({
    ledger,
    transport,
    clock,
    status,
    schedule,
    page: { window, document },
    ...signing,
    ...('locks' in navigator ? { locks: navigator.locks } : {}),
    onError,
  });
  engine.start();
  learnCounty({ ledger, transport }).catch(onError);
  const joining = createJoining({ ledger, transport, ids, random, ...signing });
  return {
    ...joining,
    async join(secret) {
      const joined = await joining.join(secret);
      // Whoever joins outside a branch writes nothing by it: no write would wake the loop.
      if (joined.ok) engine.nudge();
      return joined;
    },
  };
}

function schedule(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
