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
import { isOfRoles, keepRole } from './role-files.ts';

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

/** Sent by src/app/pwa-update.ts when a person has agreed to the new version. */
const ACTIVATE_MESSAGE = 'rixue:activate';

/** What only a desk or a publisher loads; kept on joining with that role. */
const ROLE_CACHE = 'rixue-roles';
const ROLE_MESSAGE = 'rixue:keep-role';

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(api|once)\//, /^\/(healthz|readyz|metrics)$/, /\/[^/]+\.[a-z0-9]+$/i],
  }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && isOfRoles(url.pathname),
  async ({ request }) => (await caches.match(request)) ?? fetch(request),
);

/** The first worker of a phone serves the page that brought it: offline from the first visit on. */
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if (event.data === ACTIVATE_MESSAGE) void self.skipWaiting();
  if (event.data?.type === ROLE_MESSAGE) event.waitUntil(keep(String(event.data.role)));
});

async function keep(role: string): Promise<void> {
  await keepRole(role, { list: listOf, cache: await caches.open(ROLE_CACHE), isNewest });
}

async function listOf(role: string): Promise<string[] | null> {
  const answer = await fetch(`/role-${role}.json`);
  return answer.ok ? ((await answer.json()) as string[]) : null;
}

/** Asks first: a page says which roles it has before the browser has looked for a newer worker. */
async function isNewest(): Promise<boolean> {
  const { registration } = self;
  return registration.update().then(
    () => !registration.installing && !registration.waiting,
    () => false,
  );
}
