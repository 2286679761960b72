/** The service worker as the browser knows it, and what it keeps. */
import type { Page } from 'playwright';

/** Waits until the worker has installed, is active and serves this page. */
export async function workerReady(page: Page): Promise<void> {
  await page.waitForFunction(
    async () => {
      const { active } = await navigator.serviceWorker.ready;
      return active?.state === 'activated' && navigator.serviceWorker.controller !== null;
    },
    undefined,
    { timeout: 20_000, polling: 50 },
  );
}

/** ready: one that serves or would serve offline · installing: one that is still fetching · waiting: a newer one. */
export function hasWorker(page: Page, which: 'ready' | 'installing' | 'waiting'): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (wanted === 'waiting') return Boolean(registration?.waiting);
    if (wanted === 'installing') return Boolean(registration?.installing);
    return Boolean(registration?.active ?? registration?.waiting);
  }, which);
}

/** The paths of every file that any cache holds. */
export function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        paths.push(new URL(url).pathname);
    return paths;
  });
}

/** The states in which the page's workers are or were, as the browser tells its own tools. */
export async function watchWorkers(page: Page): Promise<() => string[]> {
  const seen: string[] = [];
  const session = await page.context().newCDPSession(page);
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) =>
    seen.push(...versions.map(({ status }) => status)),
  );
  await session.send('ServiceWorker.enable');
  return () => seen;
}
