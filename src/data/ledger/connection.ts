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
import { Dexie } from 'dexie';
import type { Result } from '#lib/result.ts';
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

interface ConnectionDeps {
  db: LedgerDatabase;
  monotonic: () => number;
  wait: ((ms: number) => Promise<void>) | undefined;
}

/** The connection of `db`; its `events` belong to the factory (openings.ts). */
export function createConnection(deps: ConnectionDeps): Connection & { events: OpeningEvents } {
  const kept = new KeptConnection(deps);
  return {
    events: { onMade: (byLoss) => kept.made(byLoss), onClosed: () => kept.closed() },
    use: (work) => kept.use(work),
    open: () => kept.open(),
    follow(listener) {
      kept.listeners.add(listener);
      return () => kept.listeners.delete(listener);
    },
    onEmptied: (mend) => void (kept.mend = mend),
    lostData: () => kept.lost,
    end: () => kept.end(),
  };
}

class KeptConnection {
  readonly listeners = new Set<(opens: boolean) => void>();
  mend: () => Promise<unknown> = async () => undefined;
  lost = false;
  private started = false;
  private ended = false;
  private emptied = false;
  /** Counts how often an empty database was filled again. */
  private mends = 0;
  /** Counts openings: what failed under an earlier one needs no new one. */
  private round = 0;
  private restsUntil = -Infinity;
  private opening: Promise<boolean> | null = null;

  constructor(private readonly deps: ConnectionDeps) {}

  async open(): Promise<Result<void, StorageError>> {
    const opened = await openDatabase(this.deps.db, this.deps.wait);
    this.started = opened.ok;
    return opened;
  }

  async use<T>(work: () => Promise<T>): Promise<T> {
    // Part of a transaction: whoever began that one does it all again.
    if (Dexie.currentTransaction) return work();
    if (this.opening) await this.opening;
    const began = this.round;
    const mends = this.mends;
    try {
      const done = await work();
      this.started = true;
      // Dexie opened again by itself, and this work saw a database that is empty: it may have been mended meanwhile.
      const again = this.mends > mends || (this.emptied && (await this.openAgain()));
      return again ? await work() : done;
    } catch (error) {
      if (!isLost(error) || !(this.round > began || (await this.openAgain()))) throw error;
      return await work();
    }
  }

  made(byLoss: boolean): void {
    this.lost ||= byLoss;
    this.emptied ||= this.started;
  }

  /** At once: whatever comes next waits for it, and for the mending. */
  closed(): void {
    if (this.started) void this.openAgain();
  }

  end(): void {
    this.ended = true;
    this.listeners.clear();
  }

  private openAgain(): Promise<boolean> {
    if (this.ended || this.deps.monotonic() < this.restsUntil) return Promise.resolve(false);
    this.opening ??= apart(() => this.openNow())
      .catch(() => false) // mending met a connection that was lost again: the next use tries anew
      .then((opens) => {
        this.opening = null;
        for (const listener of [...this.listeners]) listener(opens);
        return opens;
      });
    return this.opening;
  }

  private async openNow(): Promise<boolean> {
    const { db, wait, monotonic } = this.deps;
    db.close({ disableAutoOpen: false });
    const opened = await openDatabase(db, wait);
    if (this.ended) return false;
    if (opened.ok && this.emptied) {
      await this.mend();
      this.mends += 1;
    }
    this.emptied = false;
    this.round += 1;
    this.restsUntil = opened.ok ? -Infinity : monotonic() + REST_MS;
    return opened.ok;
  }
}

/**
 * Runs `work` in a task of its own: a live query may have been the first to meet the loss, and Dexie lets
 * nothing that begins inside of one write.
 */
async function apart<T>(work: () => Promise<T>): Promise<T> {
  const task = new Promise<Promise<T>[]>((begin) => setTimeout(() => begin([work()])));
  const [running] = await task;
  return running as Promise<T>;
}
