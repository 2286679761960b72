/**
 * The service worker: registered after the first screen, updated only when a person agrees at a
 * quiet moment, reloaded at most once. A page that misses a chunk of an older build reloads once.
 */
import { readonly, ref, type Ref } from 'vue';

/** Understood by src/sw/sw.ts. */
export const ACTIVATE_MESSAGE = 'rixue:activate';

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
  }

  function watch(registration: ServiceWorkerRegistration): void {
    const candidate = registration.installing ?? registration.waiting;
    if (!candidate || !navigator.serviceWorker.controller) return;
    const note = () => {
      if (candidate.state !== 'installed') return;
      worker = candidate;
      waiting.value = true;
    };
    note();
    candidate.addEventListener('statechange', note);
  }

  function activate(): void {
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
