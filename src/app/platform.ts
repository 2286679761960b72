import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';

/** This phone's clock. */
export function browserClock(): Clock {
  return { now: () => Date.now(), monotonic: () => performance.now() };
}

/** The browser's cryptographic source; it is there on plain http too. */
export function browserRandom(): Random {
  return { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };
}

/** The browser's database; undefined where there is none, or where even asking for it is forbidden. */
export function browserDatabase(): IDBFactory | undefined {
  try {
    return window.indexedDB;
  } catch {
    return undefined; // blocked cookies make the property itself throw
  }
}

/** The browser's small storage beside the database; undefined where it is forbidden. */
export function browserStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined; // as above
  }
}
