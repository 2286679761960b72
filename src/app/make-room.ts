/** Kept by src/sw/sw.ts: the screens of roles, fetched again at the next start with a network. */
const ROLE_CACHE = 'rixue-roles';

/**
 * Frees what can be fetched again when a record finds the phone full (D-12): the screens of roles,
 * never the shell, without which nothing opens. Whether there was any; never throws.
 */
export async function makeRoom(): Promise<boolean> {
  try {
    return await caches.delete(ROLE_CACHE);
  } catch {
    return false; // no caches here
  }
}
