/**
 * Single attempts to bring everybody on this phone in step, and what they leave behind: the status
 * for screens, the failures in a row, the tokens that are of no more use.
 * Promises: attempts never overlap in this page nor over tabs; one that hangs ends within a minute
 * for everybody else and changes nothing here when it comes back (watchdog.ts).
 */
import type { Locks } from '#data/lease-locks.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Person } from '#data/ledger/person.ts';
import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import { backoffDelay } from './backoff.ts';
import { withSenderLock } from './sender-lock.ts';
import type { SyncState, SyncStatusStore } from './status.ts';
import { syncPerson, type Moved } from './sync-person.ts';
import type { Transport, TransportFailure } from './transport.port.ts';
import { createWatchdog, HUNG, type Watchdog } from './watchdog.ts';

export interface AttemptDeps {
  ledger: Ledger;
  transport: Transport;
  clock: Clock;
  status: SyncStatusStore;
  /** Web Locks, or leases in their place. */
  locks?: Locks;
  /** Runs once after so many ms; the answer cancels it. */
  schedule: (ms: number, run: () => void) => () => void;
  /** For seals. */
  subtle?: SubtleCrypto;
  /** For a new device id after a fork. */
  random?: Random;
  /** A number in [0, 1) for the jitter; Math.random where it is left out. */
  chance?: () => number;
  /** What a bug in an attempt is told to; the loop goes on. */
  onError?: (error: unknown) => void;
}

/** What an attempt did for everybody on this phone; `busy`: another tab was at it. */
export type SyncOutcome = Result<Moved & { busy: boolean }, ErrorCode>;

export interface Attempts {
  /** Tells the status when all was last in step, from before the restart. */
  recall(): Promise<void>;
  /** One attempt; joins one that is under way. Never rejects. */
  once(): Promise<SyncOutcome>;
  running(): boolean;
  /** The last attempt failed. */
  failing(): boolean;
  /** How long the loop rests after an outcome, ms. */
  delayAfter(outcome: SyncOutcome): number;
}

/** In step: a look for news this often costs about 1.5 kB each. */
const IDLE_MS = 300_000;
/** Another tab holds the lock: its end must be noticed within 30 s (S-09). */
const BUSY_MS = 20_000;

/** A server may ask for more patience than our own longest wait, but not for a day's silence. */
const RETRY_AFTER_MAX_MS = 1_800_000;

/** When all was last in step is kept for the phone, under this name. */
const PHONE = '';
const LAST_DONE = 'sync.done';

/** Codes that no waiting cures: a person has to act. */
const TROUBLE: readonly ErrorCode[] = [
  'session.revoked',
  'session.unknown',
  'request.unknown-version',
];
/** Codes after which a token is not used again until the next start. */
const ENDED: readonly ErrorCode[] = ['session.revoked', 'session.unknown'];

/** What a bug looks like to the loop: something that may pass. */
const BUG: TransportFailure = { code: 'server.unavailable', answering: false, retryAfter: null };

/** Makes the attempts of one page. */
export function createAttempts(deps: AttemptDeps): Attempts {
  const ended = new Map<string, Ending>();
  let running: Promise<SyncOutcome> | null = null;
  let failures = 0;
  let retryAfter = 0;

  async function attempt(): Promise<SyncOutcome> {
    const watchdog = createWatchdog(deps.schedule);
    try {
      // The lock is given up with an attempt that hangs; one that itself hangs is left behind too.
      const turns = () => Promise.race([watched(deps, ended, watchdog), watchdog.hung]);
      const round = await Promise.race([withSenderLock(deps.locks, turns), watchdog.hung]);
      if (round === 'hung') return settle({ moved: { ...NOTHING }, failed: HUNG, ended: null });
      return round ? settle(round) : ok({ ...NOTHING, busy: true });
    } finally {
      watchdog.end();
    }
  }

  function settle({ moved, failed, ended: over }: Round): SyncOutcome {
    failures = failed ? failures + 1 : 0;
    retryAfter = Math.min(failed?.retryAfter ?? 0, RETRY_AFTER_MAX_MS);
    // In step only where somebody's answer said so: a phone that nobody joined on never was.
    if (!failed && moved.requests > 0) deps.status.set({ lastDone: deps.clock.now() });
    const code = (failed ?? over)?.code ?? null;
    deps.status.set({ state: stateAfter(code), code });
    return code ? fail(code) : ok({ ...moved, busy: false });
  }

  function broken(error: unknown): SyncOutcome {
    deps.onError?.(error);
    return settle({ moved: { ...NOTHING }, failed: BUG, ended: null });
  }

  return {
    async recall() {
      const lastDone = await deps.ledger.sync.keptFor<number>(PHONE, LAST_DONE);
      if (lastDone !== null) deps.status.set({ lastDone });
    },
    once() {
      running ??= attempt()
        .catch(broken)
        .finally(() => {
          running = null;
        });
      return running;
    },
    running: () => running !== null,
    failing: () => failures > 0,
    delayAfter(outcome) {
      if (outcome.ok) return outcome.value.busy ? BUSY_MS : IDLE_MS;
      if (failures === 0) return IDLE_MS; // a token that is over is not asked again
      return Math.max(retryAfter, backoffDelay(failures, (deps.chance ?? Math.random)()));
    },
  };
}

function stateAfter(code: ErrorCode | null): SyncState {
  if (code === null) return 'idle';
  return TROUBLE.includes(code) ? 'trouble' : 'waiting';
}

const NOTHING: Moved = { pushed: 0, pulled: 0, requests: 0 };

/** Why a token is of no more use, and whether everything had been handed in by then. */
type Ending = TransportFailure & { emptied: boolean };

/** What was written after the end of a token is still handed in, unless it was refused before. */
async function mayHandIn({ ledger }: AttemptDeps, person: string, ending: Ending | undefined) {
  const open = ending?.code === 'session.revoked' && ending.emptied;
  return open && (await ledger.sync.countUnsent(person)) > 0;
}

/** What an attempt came to. */
interface Round {
  moved: Moved;
  /** The first failure that may pass by itself. */
  failed: TransportFailure | null;
  /** Why the person on the screen is asked for no more; somebody else's end is not their trouble. */
  ended: TransportFailure | null;
}

/** Everybody's turn under the watchdog; what it leaves in the status is for the attempt to say. */
async function watched(deps: AttemptDeps, ended: Map<string, Ending>, watchdog: Watchdog) {
  deps.status.set({ state: 'syncing' });
  const transport = watchdog.watched(deps.transport);
  const round = await syncEverybody({ ...deps, transport }, ended);
  const inStep = !round.failed && round.moved.requests > 0;
  if (inStep) await deps.ledger.sync.keepFor(PHONE, LAST_DONE, deps.clock.now());
  return round;
}

/** Everybody on this phone in turn, the one on the screen first; nobody waits for another's trouble. */
async function syncEverybody(deps: AttemptDeps, ended: Map<string, Ending>): Promise<Round> {
  const moved = { ...NOTHING };
  let failed: TransportFailure | null = null;
  const people = await inTurn(deps.ledger);
  for (const { person, token } of people) {
    if (ended.has(token) && !(await mayHandIn(deps, person, ended.get(token)))) continue;
    const result = await syncOne(deps, person);
    if (result.ok) {
      moved.pushed += result.value.pushed;
      moved.pulled += result.value.pulled;
      moved.requests += result.value.requests;
      continue;
    }
    const { error } = result;
    if (ENDED.includes(error.code))
      ended.set(token, { ...error, emptied: !(await deps.ledger.sync.countUnsent(person)) });
    else failed ??= error;
    if (isOfTheLine(error)) break; // it is so for the others too
  }
  const current = await deps.ledger.current();
  return { moved, failed, ended: ended.get(current?.token ?? '') ?? null };
}

/** A bug in one person's turn is told, and the next one's comes. */
async function syncOne(deps: AttemptDeps, person: string) {
  const { ledger, transport, subtle, clock, random } = deps;
  try {
    return await syncPerson({ sync: ledger.sync, transport, subtle, clock, random }, person);
  } catch (error) {
    deps.onError?.(error);
    return fail(BUG);
  }
}

/** No network, a portal, or a server that asks everybody to wait. */
function isOfTheLine({ code, retryAfter }: TransportFailure): boolean {
  return code.startsWith('network.') || retryAfter !== null;
}

async function inTurn(ledger: Ledger): Promise<Person[]> {
  const current = await ledger.current();
  const people = await ledger.sync.people();
  return people.sort(
    (a, b) => Number(b.person === current?.person) - Number(a.person === current?.person),
  );
}
