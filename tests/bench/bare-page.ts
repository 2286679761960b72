/** What the app is measured against: pages on the same site that do the least with the same means. */
import type { Page } from 'playwright';
import { bundleForPage } from '#tests/e2e/support/page-bundle.ts';
import type { Front, Verdict } from '#tests/e2e/support/front.ts';

export const BARE_PATH = '/bare.html';
/** There when the bare page has read its one row and drawn it. */
export const BARE_SHOWN = '#bare-shown';

const HTML = `<!doctype html><meta charset=utf-8><div id=app></div><script src="/bare.js"></script>`;

/** Lets the front answer for the bare page, which mounts one component with the app's libraries. */
export async function serveBarePage(front: Front): Promise<void> {
  const script = await bundleForPage(new URL('./bare.page.ts', import.meta.url), 'bare');
  const files: Record<string, Verdict> = {
    [BARE_PATH]: { status: 200, headers: { 'content-type': 'text/html' }, body: HTML },
    '/bare.js': {
      status: 200,
      headers: { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600' },
      body: script,
    },
  };
  front.rule = (path) => files[path] ?? 'pass';
}

/** One strict put and the get after it, ms, as often as asked, in a database of its own. */
export function measureBareSaves(page: Page, times: number): Promise<number[]> {
  return page.evaluate(`(async () => {
    const done = (request, event = 'onsuccess') => new Promise((ok) => { request[event] = ok });
    const opening = indexedDB.open('bare-rows', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
    await done(opening);
    const took = [];
    for (let n = 0; n < ${times}; n += 1) {
      const from = performance.now();
      const write = opening.result.transaction('rows', 'readwrite', { durability: 'strict' });
      write.objectStore('rows').put({ n, text: 'x'.repeat(1000) }, n);
      await done(write, 'oncomplete');
      await done(opening.result.transaction('rows').objectStore('rows').get(n));
      took.push(performance.now() - from);
    }
    opening.result.close();
    return took;
  })()`);
}
