/** The page's events that make trying again worth while, injectable for tests. */
export interface PageEvents {
  window: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  document: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>;
}

/**
 * Calls `run` when the network is back, when the page comes into sight and when a frozen one goes on
 * (its timers stood still; P-09); the answer ends it.
 */
export function followPage({ window, document }: PageEvents, run: () => void): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') run();
  };
  window.addEventListener('online', run);
  document.addEventListener('visibilitychange', seen);
  document.addEventListener('resume', run);
  return () => {
    window.removeEventListener('online', run);
    document.removeEventListener('visibilitychange', seen);
    document.removeEventListener('resume', run);
  };
}
