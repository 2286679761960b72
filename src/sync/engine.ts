/**
 * The sync loop of a page. Promises: one sender at a time over all tabs (Web Locks, else a lease);
 * the outbox empties by itself once the network is back (I9), also after an attempt that hung or a
 * bug in one: each turn ends within the watchdog's limit and leaves a timer behind; nothing is ever
 * deleted because sending failed; a revoked or unknown token stops its own person and nobody else.
 */
import type { Ledger } from '#data/ledger/ledger.ts';
import { createAttempts, type AttemptDeps, type SyncOutcome } from './attempts.ts';
import { BACKOFF_MAX_MS } from './backoff.ts';
import { followPage, type PageEvents } from './triggers.ts';

export interface SyncEngineDeps extends AttemptDeps {
  page?: PageEvents;
}

export interface SyncEngine {
  /** Follows writes, network, sight and time from now on. */
  start(): void;
  stop(): void;
  /** Tries at once: a person asked for it. */
  nudge(): void;
  /** One attempt, until nothing is left or the first failure; joins one that is under way. */
  syncOnce(): Promise<SyncOutcome>;
}

/** Several taps of a roll go out together. */
const WRITE_DEBOUNCE_MS = 300;

/** Makes the loop; it does nothing before `start` or `syncOnce`. */
export function createSyncEngine(deps: SyncEngineDeps): SyncEngine {
  const attempts = createAttempts(deps);
  let started = false;
  let turning = false;
  /** What came while a turn was under way, and how soon it wants the next. */
  let wished: 'nothing' | 'write' | 'now' = 'nothing';
  let cancelTimer = () => {};
  let unfollow = () => {};

  function wait(ms: number): void {
    cancelTimer();
    cancelTimer = deps.schedule(ms, () => void turn());
  }

  /** An attempt of the loop, and the time of the next. It joins one that somebody else asked for. */
  async function turn(): Promise<void> {
    if (turning) return void (wished = 'now');
    turning = true;
    wished = attempts.running() ? 'now' : 'nothing';
    cancelTimer();
    let delay = BACKOFF_MAX_MS;
    try {
      delay = attempts.delayAfter(await attempts.once());
    } finally {
      turning = false; // also after a bug: without a timer the loop would stand still for good
      if (started) wait(isSoon() ? WRITE_DEBOUNCE_MS : delay);
    }
  }

  function isSoon(): boolean {
    return wished === 'now' || (wished === 'write' && !attempts.failing());
  }

  function noticeWrite(): void {
    // Where attempts fail already, a write waits for the next one: no request for every tap.
    if (attempts.failing()) return;
    if (!turning) wait(WRITE_DEBOUNCE_MS);
    else if (wished === 'nothing') wished = 'write';
  }

  return {
    syncOnce: attempts.once,
    nudge: () => void turn(),
    start() {
      if (started) return;
      started = true;
      unfollow = followAll(deps, noticeWrite, () => void turn());
      void attempts.recall().then(turn, turn);
    },
    stop() {
      started = false;
      cancelTimer();
      unfollow();
    },
  };
}

/** Writes, and whatever else makes a turn worth while; the answer ends all of it. */
function followAll(deps: SyncEngineDeps, noticeWrite: () => void, turn: () => void): () => void {
  const ends = [followWrites(deps.ledger, noticeWrite), () => deps.status.onNudge(null)];
  if (deps.page) ends.push(followPage(deps.page, turn));
  deps.status.onNudge(turn);
  return () => ends.forEach((end) => end());
}

/** Calls `run` whenever there is more to send than before, whichever tab wrote it. */
function followWrites(ledger: Ledger, run: () => void): () => void {
  let before = Infinity; // what was there at the start goes with the first attempt
  const subscription = ledger
    .live(() => ledger.unsent())
    .subscribe((unsent) => {
      if (unsent > before) run();
      before = unsent;
    });
  return () => subscription.unsubscribe();
}
