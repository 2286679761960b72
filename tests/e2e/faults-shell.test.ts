/** The worker that keeps the shell, under faults of its server: a broken file, its own recall. */
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPhone, type Phone } from '#tests/support/phone.ts';
import { DIST, openCounty, type County } from './support/county.ts';
import { openFront, type Front, type Verdict } from './support/front.ts';
import { see } from './support/handset.ts';
import { hasWorker, keptFiles, workerReady } from './support/worker.ts';

/** Browsers look for a new worker a moment after the page has loaded. */
const LONG = { timeout: 10_000 };

/** What a broken server, a hotel or a moved site answer in place of the worker. */
const NO_WORKER: Exclude<Verdict, string>[] = [
  { status: 500, body: 'broken' },
  { status: 404, body: 'gone' },
  { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>sign in</p>' },
  { status: 302, headers: { location: '/' } },
];

describe('the shell on a bad day', () => {
  let county: County;
  let front: Front;
  let phone: Phone;

  beforeAll(async () => {
    county = await openCounty('demo');
    front = await openFront(county.port);
    phone = await openPhone({ url: `http://localhost:${front.port}` });
  });
  beforeEach(() => {
    front.rule = () => 'pass';
  });
  afterAll(async () => {
    await phone.close();
    await front.close();
    await county.stop();
  });

  const offline = () => (front.rule = () => 'cut');
  const open = async () => {
    await phone.goto('/');
    await see(phone.page, '县里的报告');
  };

  it('P-05 a worker file that is an error, a page or a redirect: the old worker goes on', async () => {
    await open();
    await workerReady(phone.page);
    for (const answer of NO_WORKER) {
      front.rule = (path) => (path === '/sw.js' ? answer : 'pass');
      front.asked.length = 0;
      await open();
      await phone.page.evaluate(async () =>
        (await navigator.serviceWorker.getRegistration())?.update().catch(() => undefined),
      );
      await expect.poll(() => front.asked, LONG).toContain('/sw.js');
      expect(await hasWorker(phone.page, 'ready'), String(answer.status)).toBe(true);
      offline();
      await open();
    }
  });

  it('P-12 a worker that takes itself back: the kept files go, the ledger stays, the app opens', async () => {
    const { page } = phone;
    front.rule = () => 'pass';
    await open();
    await workerReady(page);
    await page.evaluate(() => localStorage.setItem('typed', 'here'));
    const before = await page.evaluate(async () => (await indexedDB.databases()).length);
    expect(before).toBeGreaterThan(0);
    await county.restart(join(DIST, 'app'), { APP_WORKER: 'off' });
    await open();
    await expect.poll(() => keptFiles(page), LONG).toEqual([]);
    await open();
    await expect.poll(() => hasWorker(page, 'ready'), LONG).toBe(false);
    const after = () =>
      page.evaluate(async () => [
        (await indexedDB.databases()).length,
        localStorage.getItem('typed'),
        (await caches.keys()).length,
      ]);
    await expect.poll(after, LONG).toEqual([before, 'here', 0]);
    await county.restart(join(DIST, 'app'));
    await open();
    await workerReady(page);
    offline();
    await open();
  });
});
