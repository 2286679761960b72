/**
 * The worker that takes itself back, for a build whose own worker keeps phones from working (P-12). It
 * drops the kept files and its registration and never touches IndexedDB: records stay. Open pages
 * are left as they are, with what is typed in them; from then on they ask the server.
 */
export const WORKER_OFF = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) await caches.delete(name);
      await self.registration.unregister();
    })(),
  ),
);
`;
