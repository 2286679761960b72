/**
 * One sender over all tabs of this origin. Promises: a tab that is killed gives it up by itself, by
 * Web Locks at once, by a lease (data/lease-locks.ts, where there are none) within 30 s. Two that
 * send the same all the same do no harm: the server answers `dup`.
 */
import type { Locks } from '#data/lease-locks.ts';

/** Shared with every later version. */
const LOCK = 'rixue-sync';

/** Runs under the sender's lock; null when another tab holds it. */
export async function withSenderLock<T>(
  locks: Locks | undefined,
  run: () => Promise<T>,
): Promise<T | null> {
  if (!locks) return run();
  return locks.request(LOCK, { ifAvailable: true }, async (lock) => (lock ? run() : null));
}
