/** The page's events that make trying again worth while, injectable for tests. */
export interface PageEvents {
  window: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  document: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>;
}

/** Calls `run` when the network is back and when the page comes into sight; the answer ends it. */
export function followPage({ window, document }: PageEvents, run: () => void): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') run();
  };
  window.addEventListener('online', run);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', run);
    document.removeEventListener('visibilitychange', seen);
  };
}
