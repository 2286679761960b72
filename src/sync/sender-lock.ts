/** One sender over all tabs of this origin; the name is shared with every later version. */
const LOCK = 'rixue-sync';

/**
 * Runs under the sender's lock; null when another tab holds it. A tab that is killed gives it up by
 * itself. Where there are no Web Locks two tabs may send the same records: the server answers `dup`.
 */
export async function withSenderLock<T>(
  locks: LockManager | undefined,
  run: () => Promise<T>,
): Promise<T | null> {
  if (!locks) return run();
  return locks.request(LOCK, { ifAvailable: true }, async (lock) => (lock ? run() : null));
}
