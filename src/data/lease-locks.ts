/**
 * Web Locks over leases of the ledger, as far as this app asks for them (exclusive, with or without
 * `ifAvailable`). Promises: one holder at a time over all pages; a page that was killed or frozen is
 * taken over after a few seconds; what a frozen one does when it goes on harms nobody, because the
 * work under these locks may be done twice.
 */
import type { LedgerSync } from './ledger/ledger-sync.ts';

/** What is asked of `navigator.locks`. */
export type Locks = Pick<LockManager, 'request'>;

export interface LeaseLocksDeps {
  sync: Pick<LedgerSync, 'takeLease' | 'dropLease'>;
  /** A name that no other page has. */
  tab: string;
  wait: (ms: number) => Promise<void>;
}

/** A beat that stands still for so long is dead; with the 20 s between looks for it, 30 s in all (S-09). */
export const LEASE_MS = 8_000;
/** Several beats in that time: a busy phone may miss one, a page out of sight has slow timers. */
export const RENEW_MS = 2_000;
const LOOK_MS = 1_000;

/** The browser's locks, else leases. */
export function locksOf(navigator: Partial<Navigator>, deps: LeaseLocksDeps): Locks {
  return navigator.locks ?? createLeaseLocks(deps);
}

/** Locks by lease. */
export function createLeaseLocks(deps: LeaseLocksDeps): Locks {
  let asked = 0;
  const request = async <T>(name: string, ...rest: RequestRest<T>): Promise<T> => {
    const [options, work] = rest.length === 1 ? [{}, rest[0]] : rest;
    const holder = `${deps.tab}.${(asked += 1)}`;
    if (!(await take(deps, name, holder, options.ifAvailable === true))) return work(null);
    const stop = renew(deps, name, holder);
    try {
      return await work({ name, mode: 'exclusive' });
    } finally {
      stop();
      // One that cannot be given up dies by itself.
      await deps.sync.dropLease(name, holder).catch(() => undefined);
    }
  };
  return { request: request as Locks['request'] };
}

type Work<T> = (lock: Lock | null) => Promise<T>;
type RequestRest<T> = [Work<T>] | [{ ifAvailable?: boolean }, Work<T>];

/** Looks until it is free or its holder dead; `ifAvailable`: or until the holder shows that it lives. */
async function take(
  { sync, wait }: LeaseLocksDeps,
  name: string,
  holder: string,
  ifAvailable: boolean,
): Promise<boolean> {
  let seen: number | null = null;
  for (let stood = 0; ; stood += LOOK_MS) {
    const { taken, beat } = await sync.takeLease(name, holder, stood >= LEASE_MS ? seen : null);
    if (taken) return true;
    if (beat !== seen) {
      if (seen !== null && ifAvailable) return false;
      [seen, stood] = [beat, 0];
    }
    await wait(LOOK_MS);
  }
}

function renew({ sync, wait }: LeaseLocksDeps, name: string, holder: string): () => void {
  let held = true;
  const beat = async () => {
    for (await wait(RENEW_MS); held; await wait(RENEW_MS))
      await sync.takeLease(name, holder, null).catch(() => undefined);
  };
  void beat();
  return () => (held = false);
}
