/** One phone: a disk that outlives the app, and the app's real ledger and loop over virtual timers. */
import { createLedger } from '#data/ledger/create-ledger.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Admission } from '#data/ledger/person.ts';
import type { Clock } from '#lib/clock.ts';
import { createIds } from '#lib/ids.ts';
import { createSyncEngine, type SyncEngine } from '#sync/engine.ts';
import { createFetchTransport } from '#sync/fetch-transport.ts';
import { createSyncStatus } from '#sync/status.ts';
import { HANG_MS } from '#sync/watchdog.ts';
import { memoryIndexedDB } from '#tests/support/memory-indexeddb.ts';
import { beginLife, type Death, type Life } from './killable-indexeddb.ts';
import type { Network } from './network.ts';

export interface PhoneDeps {
  index: number;
  admission: Admission;
  network: Pick<Network, 'fetchOf' | 'waits'>;
  /** Virtual time. */
  clock: Clock;
  /** In [0, 1), for the jitter. */
  chance: () => number;
  onBug(error: unknown): void;
  onDeath(how: Death): void;
}

export interface SimulatedPhone {
  readonly index: number;
  readonly person: string;
  readonly device: string;
  readonly ledger: Ledger;
  readonly dead: boolean;
  /** Begins a life: the first, or the next after a death. */
  start(): Promise<void>;
  killAt(acts: number): void;
  turnClock(ms: number): void;
  /** What somebody does with the ledger; null where the phone died meanwhile. */
  act<T>(work: (ledger: Ledger) => Promise<T>): Promise<T | null>;
  /** Runs timers whose time has come; whether there was one. */
  runTimers(): boolean;
  /** Nothing goes on but waiting: for its next timer, or for what the line holds. */
  idle(): boolean;
  stop(): void;
}

interface Timer {
  at: number;
  run: () => void;
  /** Only watches over what goes on. */
  watches: boolean;
}

const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

export function createPhone(deps: PhoneDeps): SimulatedPhone {
  const { indexedDB: disk, IDBKeyRange } = memoryIndexedDB();
  const name = `simulated-${crypto.randomUUID()}`;
  let skew = 0;
  const clock: Clock = {
    now: () => deps.clock.now() + skew,
    monotonic: deps.clock.monotonic,
  };
  let timers: Timer[] = [];
  let now = live();

  function live() {
    let die = () => {};
    const death = new Promise<null>((resolve) => (die = () => resolve(null)));
    const life = beginLife(disk, (how) => {
      die();
      deps.onDeath(how);
      ledger.close();
    });
    const ledger: Ledger = createLedger({
      ...{ clock, random, crypto, IDBKeyRange, name },
      ids: createIds({ clock, random }),
      indexedDB: life.indexedDB,
    });
    return { life, ledger, death, engine: engineOf(life, ledger) };
  }

  function engineOf(life: Life, ledger: Ledger): SyncEngine {
    const fetch = deps.network.fetchOf(deps.index, life);
    return createSyncEngine({
      ...{ ledger, clock, random, chance: deps.chance, status: createSyncStatus() },
      subtle: crypto.subtle,
      transport: createFetchTransport({ server: 'http://county.example', clock, fetch }),
      schedule: (ms, run) => schedule(life, ms, run),
      onError: (error) => (life.dead ? undefined : deps.onBug(error)),
    });
  }

  function schedule(life: Life, ms: number, run: () => void): () => void {
    if (life.dead) return () => {};
    const timer = { at: deps.clock.now() + ms, run, watches: ms === HANG_MS };
    timers.push(timer);
    return () => (timers = timers.filter((each) => each !== timer));
  }

  return {
    index: deps.index,
    person: deps.admission.person,
    device: deps.admission.device,
    get ledger() {
      return now.ledger;
    },
    get dead() {
      return now.life.dead;
    },
    async start() {
      timers = [];
      if (now.life.dead) {
        now.engine.stop();
        now = live();
      } else await now.ledger.admit(deps.admission);
      now.engine.start();
    },
    killAt: (acts) => now.life.killAt(acts),
    turnClock: (ms) => void (skew += ms),
    act: (work) => Promise.race([work(now.ledger), now.death]),
    runTimers() {
      const due = timers.filter(({ at }) => at <= deps.clock.now());
      timers = timers.filter((timer) => !due.includes(timer));
      due.forEach(({ run }) => run());
      return due.length > 0;
    },
    idle: () => timers.some(({ watches }) => !watches) || deps.network.waits(now.life),
    stop() {
      now.engine.stop();
      now.life.kill();
    },
  };
}
