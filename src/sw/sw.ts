/**
 * The service worker keeps the shell and nothing else: pages and records live in IndexedDB.
 * It never takes over by itself (the app asks a person first), never answers for /api, and gives
 * index.html only to navigations. A missing asset is the server's 404, never index.html.
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

/** Sent by src/app/pwa-update.ts when a person has agreed to the new version. */
const ACTIVATE_MESSAGE = 'rixue:activate';

/** Chunks that only a desk or a publisher loads; kept on joining with that role. */
const ROLE_CACHE = 'rixue-roles';
const ROLE_MESSAGE = 'rixue:keep-role';
const ROLE_LISTS: Record<string, string> = {
  desk: '/role-desk.json',
  publish: '/role-publish.json',
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(api|once)\//, /^\/(healthz|readyz|metrics)$/, /\/[^/]+\.[a-z0-9]+$/i],
  }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/assets\/(desk|publish)-/.test(url.pathname),
  async ({ request }) => (await caches.match(request)) ?? fetch(request),
);

/** The first worker of a phone serves the page that brought it: offline from the first visit on. */
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if (event.data === ACTIVATE_MESSAGE) void self.skipWaiting();
  if (event.data?.type === ROLE_MESSAGE) event.waitUntil(keepRole(String(event.data.role)));
});

/** Fetches a role's chunks; what is there already is not fetched again, a failure is tried at the next start. */
async function keepRole(role: string): Promise<void> {
  const list = ROLE_LISTS[role];
  if (!list) return;
  const answer = await fetch(list);
  if (!answer.ok) return;
  const files = (await answer.json()) as string[];
  const cache = await caches.open(ROLE_CACHE);
  for (const old of await cache.keys()) {
    if (
      new URL(old.url).pathname.startsWith(`/assets/${role}-`) &&
      !files.includes(new URL(old.url).pathname)
    )
      await cache.delete(old);
  }
  for (const file of files) if (!(await cache.match(file))) await cache.add(file);
}
