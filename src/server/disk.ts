/**
 * Room on the disk of DATA_DIR. PostgreSQL that meets a full disk stops in the middle of its log and
 * may not start again without hands; so the county becomes read-only a good while before.
 */
import { statfs } from 'node:fs/promises';
import type { Clock } from '#lib/clock.ts';

/** The port: whether records may still be written. */
export interface Disk {
  isLow(): Promise<boolean>;
}

/** Bytes of a folder's disk that this process may still use; rejects where nobody can tell. */
export type FreeBytes = () => Promise<number>;

/** The database's own log may grow by 256 MB between two checkpoints, and clearing up needs some room too. */
export const DISK_LOW_BYTES = 300 * 1024 * 1024;
/** Fifty requests a second write some MB in this time. */
const REMEMBERED_MS = 5_000;

/** Where the disk is not ours to see: a PostgreSQL elsewhere says itself when it is full. */
export const DISK_UNKNOWN: Disk = { isLow: async () => false };

/**
 * A disk that is asked at most every 5 s; one that cannot be asked is taken for roomy. `tell` hears
 * of each change.
 */
export function createDisk(
  freeBytes: FreeBytes,
  clock: Clock,
  tell: (isLow: boolean) => void = () => undefined,
): Disk {
  let asked = -Infinity;
  let before = false;
  let answer = Promise.resolve(false);

  async function ask(): Promise<boolean> {
    const low = await freeBytes().then(
      (bytes) => bytes < DISK_LOW_BYTES,
      () => false,
    );
    if (low !== before) tell((before = low));
    return low;
  }

  return {
    isLow() {
      if (clock.monotonic() - asked < REMEMBERED_MS) return answer;
      asked = clock.monotonic();
      answer = ask();
      return answer;
    },
  };
}

/** Asks the file system of `dir`. */
export function freeBytesOf(dir: string): FreeBytes {
  return async () => {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize;
  };
}
