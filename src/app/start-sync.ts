import { careForTokens } from './care-for-tokens.ts';
import type { Health } from '#data/health.port.ts';
import type { Foresight } from '#data/retention.port.ts';
import type { Joining, Rejoining } from '#data/joining.port.ts';
import type { OnceLinks } from '#data/once.port.ts';
import type { Moving } from '#data/moving.port.ts';
import { locksOf } from '#data/lease-locks.ts';
import { startMirror } from '#data/mirror/mirror.ts';
import type { MirrorStorage } from '#data/ledger/mirror-head.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Clock } from '#lib/clock.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import { learnCounty } from '#sync/county.ts';
import { createSyncEngine } from '#sync/engine.ts';
import { createFetchTransport } from '#sync/fetch-transport.ts';
import { createForesight } from '#sync/foresight.ts';
import { createHealth } from '#sync/health.ts';
import { createJoining } from '#sync/joining.ts';
import { createMoving } from '#sync/moving.ts';
import { createOnceLinks } from '#sync/once.ts';
import { createRejoining } from '#sync/rejoining.ts';
import type { SyncStatusStore } from '#sync/status.ts';
import { followPage } from '#sync/triggers.ts';

export interface SyncDeps {
  ledger: Ledger;
  clock: Clock;
  random: Random;
  ids: Ids;
  status: SyncStatusStore;
  /** Where the mirror is; undefined where there is none. */
  storage: MirrorStorage | undefined;
  /** Told when something was lost on this phone: `storage.restored`, `storage.emptied`. */
  onStorage: (code: string) => void;
  /** Told of a bug in the loop, which goes on. */
  onError: (error: unknown) => void;
}

/** What screens may ask of the part that talks to the server. */
export type SyncParts = Joining & Rejoining & Moving & Health & Foresight & OnceLinks;

/**
 * Puts back what the mirror holds and the database lost, then starts the loop of this page and makes
 * the ways in for invitations and to the machine's facts, over the page's own origin.
 */
export async function startSync(deps: SyncDeps): Promise<SyncParts> {
  const { ledger, clock, random, ids, status, storage, onError } = deps;
  const transport = createFetchTransport({
    server: '',
    clock,
    fetch: (input, init) => fetch(input, init),
  });
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  const signing = subtle ? { subtle } : {};
  const locks = locksOf(navigator, { sync: ledger.sync, tab: ids.next(), wait });
  const onRestored = () => deps.onStorage('storage.restored');
  const mirror = { ledger, storage, clock, random, schedule, onError, onRestored };
  await startMirror({ ...mirror, ...signing, locks });
  const engine = createSyncEngine({
    ledger,
    transport,
    clock,
    status,
    random,
    schedule,
    page: { window, document },
    ...signing,
    locks,
    onError,
  });
  engine.start();
  learnCounty({ ledger, transport }).catch(onError);
  const onRecalled = () => engine.nudge();
  const copies = { ledger, transport, clock, onStorage: deps.onStorage, onRecalled };
  careForTokens(copies).catch(onError);
  const way = { ledger, transport, ids, random, ...signing };
  const joining = createJoining(way);
  const moving = createMoving({ ...way, clock, onAsked: () => engine.nudge() });
  const isInFront = () => document.visibilityState === 'visible' && location.pathname === '/join';
  const rejoining = createRejoining({ ...way, schedule, isInFront, onIn: () => engine.nudge() });
  followPage({ window, document }, () => void rejoining.look());
  void rejoining.look();
  return {
    ...joining,
    askAgain: rejoining.askAgain,
    ...createHealth({ ledger, transport }),
    ...moving,
    ...{ ...createForesight({ ledger, transport }), ...createOnceLinks({ ledger, transport }) },
    async join(secret) {
      const joined = await joining.join(secret);
      // Whoever joins outside a branch writes nothing by it: no write would wake the loop.
      if (joined.ok) engine.nudge();
      return joined;
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

function schedule(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
