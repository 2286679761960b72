/**
 * Single attempts to bring everybody on this phone in step, and what they leave behind: the status
 * for screens, the failures in a row, the tokens that are of no more use.
 * Promise: attempts never overlap in this page, nor over tabs where there are Web Locks.
 */
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Person } from '#data/ledger/person.ts';
import type { Clock } from '#lib/clock.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import { backoffDelay } from './backoff.ts';
import { withSenderLock } from './sender-lock.ts';
import type { SyncStatusStore } from './status.ts';
import { syncPerson, type Moved } from './sync-person.ts';
import type { Transport, TransportFailure } from './transport.port.ts';

export interface AttemptDeps {
  ledger: Ledger;
  transport: Transport;
  clock: Clock;
  status: SyncStatusStore;
  locks?: LockManager;
  /** For seals. */
  subtle?: SubtleCrypto;
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
  const ended = new Map<string, TransportFailure>();
  let running: Promise<SyncOutcome> | null = null;
  let failures = 0;
  let retryAfter = 0;

  async function attempt(): Promise<SyncOutcome> {
    const outcome = await withSenderLock(deps.locks, async () => {
      deps.status.set({ state: 'syncing' });
      const result = await syncEverybody(deps, ended);
      if (result.ok) await deps.ledger.sync.keepFor(PHONE, LAST_DONE, deps.clock.now());
      return settle(result);
    });
    return outcome ?? ok({ pushed: 0, pulled: 0, requests: 0, busy: true });
  }

  function settle(result: Result<Moved, TransportFailure>): SyncOutcome {
    failures = result.ok ? 0 : failures + 1;
    retryAfter = result.ok ? 0 : (result.error.retryAfter ?? 0);
    if (result.ok) {
      deps.status.set({ state: 'idle', lastDone: deps.clock.now(), code: null });
      return ok({ ...result.value, busy: false });
    }
    const { code } = result.error;
    deps.status.set({ state: TROUBLE.includes(code) ? 'trouble' : 'waiting', code });
    return fail(code);
  }

  function broken(error: unknown): SyncOutcome {
    deps.onError?.(error);
    return settle(fail(BUG));
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
      return Math.max(retryAfter, backoffDelay(failures, (deps.chance ?? Math.random)()));
    },
  };
}

/** Everybody on this phone in turn, the one on the screen first; the first failure is the outcome. */
async function syncEverybody(
  deps: AttemptDeps,
  ended: Map<string, TransportFailure>,
): Promise<Result<Moved, TransportFailure>> {
  const total: Moved = { pushed: 0, pulled: 0, requests: 0 };
  let failed: TransportFailure | null = null;
  for (const { person, token } of await inTurn(deps.ledger)) {
    const result: Result<Moved, TransportFailure> = ended.has(token)
      ? fail(ended.get(token) as TransportFailure)
      : await syncPerson(
          { sync: deps.ledger.sync, transport: deps.transport, subtle: deps.subtle },
          person,
        );
    if (result.ok) {
      total.pushed += result.value.pushed;
      total.pulled += result.value.pulled;
      total.requests += result.value.requests;
      continue;
    }
    failed ??= result.error;
    if (!ENDED.includes(result.error.code)) break; // the line is down for the others too
    ended.set(token, result.error);
  }
  return failed ? fail(failed) : ok(total);
}

async function inTurn(ledger: Ledger): Promise<Person[]> {
  const current = await ledger.current();
  const people = await ledger.sync.people();
  return people.sort(
    (a, b) => Number(b.person === current?.person) - Number(a.person === current?.person),
  );
}
