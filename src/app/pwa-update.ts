/**
 * The service worker: registered after the first screen, updated only when a person agrees at a
 * quiet moment, reloaded at most once. A page that misses a chunk of an older build reloads once.
 */
import { readonly, ref, type Ref } from 'vue';

/** Understood by src/sw/sw.ts. */
export const ACTIVATE_MESSAGE = 'rixue:activate';

/** A page that stays open never asks by itself: looked for when it comes into sight, at most this often. */
const LOOK_AGAIN_MS = 3_600_000;

/** Remembers over a reload for which build one was already tried for a missing chunk. */
const RELOADED_KEY = 'rixue.reloaded';

export interface PwaUpdate {
  /** A newer version has been fetched and waits. */
  waiting: Readonly<Ref<boolean>>;
  /** Lets it take over; the page reloads once. */
  activate(): void;
}

/** Registers the worker where the browser has one (not in WeChat on iOS; reading works without). */
export function createPwaUpdate(): PwaUpdate {
  const waiting = ref(false);
  let worker: ServiceWorker | null = null;
  reloadOnceForMissingChunks();

  if ('serviceWorker' in navigator && import.meta.env.PROD) void register();

  async function register(): Promise<void> {
    const registration = await navigator.serviceWorker.register('/sw.js').catch(() => null);
    if (!registration) return;
    watch(registration);
    registration.addEventListener('updatefound', () => watch(registration));
    lookWhenSeen(registration);
  }

  function lookWhenSeen(registration: ServiceWorkerRegistration): void {
    let looked = performance.now();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible') return;
      if (performance.now() - looked < LOOK_AGAIN_MS) return;
      looked = performance.now();
      // No network, or a server that has no worker just now: the one that is here goes on.
      registration.update().catch(() => undefined);
    });
  }

  function watch(registration: ServiceWorkerRegistration): void {
    const candidate = registration.installing ?? registration.waiting;
    if (!candidate || !navigator.serviceWorker.controller) return;
    const note = () => {
      if (candidate.state === 'installed') worker = candidate;
      // Taken over meanwhile by another page's wish: still newer than this page. Gone: nothing waits.
      if (worker === candidate) waiting.value = candidate.state !== 'redundant';
    };
    note();
    candidate.addEventListener('statechange', note);
  }

  function activate(): void {
    if (worker?.state === 'activated') return location.reload();
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
      once: true,
    });
    worker?.postMessage(ACTIVATE_MESSAGE);
  }

  return { waiting: readonly(waiting), activate };
}

function reloadOnceForMissingChunks(): void {
  window.addEventListener('vite:preloadError', (event) => {
    try {
      if (sessionStorage.getItem(RELOADED_KEY) === import.meta.url) return;
      sessionStorage.setItem(RELOADED_KEY, import.meta.url);
    } catch {
      return;
    }
    event.preventDefault();
    location.reload();
  });
}
