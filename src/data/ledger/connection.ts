/**
 * The connection under a ledger. A browser may end it at any time while the app runs: Safari's
 * "Connection to Indexed Database server lost", Chrome's `close` event when its storage process
 * died, a phone that clears the site's data.
 *
 * Promises. Whoever meets that gets the database opened again (three tries with rests, as at the
 * start) and is run once more; a database that came back empty is mended before anybody goes on;
 * what stays broken is told, tried again at the next use and not more often than every few seconds.
 *
 * Why not Dexie alone (4.4.7, read in its source): it opens again at the next use after `close` and
 * where beginning a transaction throws InvalidStateError, but does not repeat what was under way;
 * after one opening that failed it refuses everything until it is told to open; and a live query
 * whose first run met a closed database waits for ever.
 */
import { fail, ok, type Result } from '#lib/result.ts';
import { openDatabase, type LedgerDatabase } from './database.ts';
import type { OpeningEvents } from './openings.ts';
import type { StorageError, StorageWatch } from './ledger.ts';

export interface Connection extends StorageWatch {
  /** Runs `work`, and once more where the connection was lost under it: twice must be as good as once. */
  use<T>(work: () => Promise<T>): Promise<T>;
  /** Opens for the first time. */
  open(): Promise<Result<void, StorageError>>;
  /** Nothing is opened again from now on. */
  end(): void;
}

/** After three tries that failed: a screen that asks all the time must not keep a weak phone busy. */
const REST_MS = 5_000;

/** What Dexie and browsers call a connection that is gone, or work that went with it. */
const LOST = ['InvalidStateError', 'UnknownError', 'DatabaseClosedError', 'AbortError'];

/** Whether this error may be the connection's and not the work's. A full phone is none of it. */
export function isLost(error: unknown): boolean {
  const names = namesOf(error);
  return names.some((name) => LOST.includes(name)) && !names.includes('QuotaExceededError');
}

/** Name of an error and of what it was made of: Dexie wraps what the database said, and gathers what several rows met. */
export function namesOf(error: unknown): string[] {
  if (!(error instanceof Error || error instanceof DOMException)) return [];
  const { inner, failures = [] } = error as { inner?: unknown; failures?: unknown[] };
  return [error.name, ...[inner, ...failures].map((one) => (one as Error | undefined)?.name ?? '')];
}

/** The connection of `db`; `events` belong to its factory (openings.ts). */
export function createConnection(deps: {
  db: LedgerDatabase;
  monotonic: () => number;
  wait: ((ms: number) => Promise<void>) | undefined;
}): Connection & { events: OpeningEvents } {
  const { db, monotonic, wait } = deps;
  const listeners = new Set<(opens: boolean) => void>();
  let mend: () => Promise<unknown> = async () => undefined;
  let started = false;
  let ended = false;
  let lost = false;
  let emptied = false;
  /** Counts openings: what failed under an earlier one needs no new one. */
  let round = 0;
  let restsUntil = -Infinity;
  let opening: Promise<boolean> | null = null;

  async function openNow(): Promise<boolean> {
    db.close({ disableAutoOpen: false });
    const opened = await openDatabase(db, wait);
    if (ended) return false;
    if (opened.ok && emptied) await mend();
    emptied = false;
    round += 1;
    restsUntil = opened.ok ? -Infinity : monotonic() + REST_MS;
    return opened.ok;
  }

  function openAgain(): Promise<boolean> {
    if (ended || monotonic() < restsUntil) return Promise.resolve(false);
    opening ??= openNow()
      .catch(() => false) // mending met a connection that was lost again: the next use tries anew
      .then((opens) => {
        opening = null;
        if (!ended) for (const listener of [...listeners]) listener(opens);
        return opens;
      });
    return opening;
  }

  return {
    events: {
      onMade(byLoss) {
        lost ||= byLoss;
        emptied ||= started;
      },
      onClosed() {
        // At once: whatever comes next waits for it, and for the mending.
        if (started) void openAgain();
      },
    },
    async use(work) {
      if (opening) await opening;
      const began = round;
      try {
        const done = await work();
        started = true;
        // Dexie opened again by itself, and this work saw a database that is empty.
        return emptied && (await openAgain()) ? await work() : done;
      } catch (error) {
        if (!isLost(error) || !(round > began || (await openAgain()))) throw error;
        return await work();
      }
    },
    async open() {
      const opened = await openDatabase(db, wait);
      started = opened.ok;
      return opened.ok ? ok(undefined) : fail(opened.error);
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onEmptied: (run) => void (mend = run),
    lostData: () => lost,
    end() {
      ended = true;
      listeners.clear();
    },
  };
}
