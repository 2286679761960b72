/** Kept by src/sw/sw.ts: the screens of roles, fetched again at the next start with a network. */
const ROLE_CACHE = 'rixue-roles';

/**
 * Frees what can be fetched again when a record finds the phone full (D-12): the screens of roles,
 * never the shell, without which nothing opens. Whether there was any; never throws.
 */
export async function makeRoom(): Promise<boolean> {
  try {
    const cache = await caches.open(ROLE_CACHE);
    const kept = await cache.keys();
    // One by one: a whole cache that the worker has open goes only when the worker does.
    for (const file of kept) await cache.delete(file);
    return kept.length > 0;
  } catch {
    return false; // no caches here
  }
}
