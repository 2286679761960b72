/** Understood by src/sw/sw.ts: fetch and keep the chunks of a role. */
const ROLE_MESSAGE = 'rixue:keep-role';

/** Asks the worker to keep the screens of these roles for offline use; what it has already costs nothing. */
export async function keepRoles(roles: readonly string[]): Promise<void> {
  if (!('serviceWorker' in navigator) || roles.length === 0) return;
  const registration = await navigator.serviceWorker.ready;
  for (const role of roles) registration.active?.postMessage({ type: ROLE_MESSAGE, role });
}
