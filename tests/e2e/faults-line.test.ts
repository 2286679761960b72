/** Sending, while workers are stopped, pages freeze, lines fall silent and tabs crowd. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCounty, type County } from './support/county.ts';
import { openFront, type Front } from './support/front.ts';
import { openHandset, openPlace, press, see, type Handset } from './support/handset.ts';
import { unsentOn } from './support/store.ts';

const SYNC = '/api/sync';
const SOON = { timeout: 15_000 };
/** No timer runs, then those that are due run once. */
const FROZEN_MS = 600_000;
/** The longest attempt, and the longest that another tab may leave a killed one's records. */
const ATTEMPT_MS = 60_000;
const TAKEN_OVER_MS = 30_000;

describe('sending on a bad day', () => {
  let county: County;
  let front: Front;
  let handset: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    front = await openFront(county.port);
    // In the headless shell the tab that is left behind by a closed one does not wake up.
    handset = await openHandset(front.port, { whole: true });
    await handset.join(county.invitation('member', 0));
    await handset.phone.context.clock.install();
  });
  beforeEach(() => handset.phone.goto('/'));
  afterEach(async () => {
    front.rule = () => 'pass';
    handset.proxy.stallAnswers(false);
    await handset.proxy.open();
  });
  afterAll(async () => {
    await handset.close();
    await front.close();
    await county.stop();
  });

  const unsent = () => unsentOn(handset.page);
  const stored = async () => {
    const sql = 'select count(*)::int as count from records';
    return (await county.rows<{ count: number }>(sql))[0]?.count ?? 0;
  };

  async function save(page: Page): Promise<void> {
    await page.goto(`${handset.proxy.url}/study/add`);
    await press(page, '存下');
    await see(page, '已存到手机');
  }

  it('P-08 workers stopped while a record is on its way: one request brings it there, once', async () => {
    const before = await stored();
    const session = await handset.phone.context.newCDPSession(handset.page);
    await session.send('ServiceWorker.enable');
    front.forget();
    await handset.phone.goto('/study/add');
    await expect.poll(() => front.asked.includes(SYNC) && front.now(SYNC) === 0, SOON).toBe(true);
    // A look for news may follow at once; it must not be what the stalled line holds.
    await sleep(500);
    await expect.poll(() => front.now(SYNC), SOON).toBe(0);
    handset.proxy.stallAnswers();
    await press(handset.page, '存下');
    await expect.poll(stored, SOON).toBe(before + 1);
    const stopped = new Promise<void>((done) =>
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) done();
      }),
    );
    await session.send('ServiceWorker.stopAllWorkers');
    await stopped;
    // Chromium lets a worker end what it carries: who brought the answer tells more than that it came.
    const answer = handset.page.waitForResponse((one) => one.url().endsWith(SYNC));
    const requests = front.asked.filter((path) => path === SYNC).length;
    handset.proxy.stallAnswers(false);
    expect((await answer).fromServiceWorker()).toBe(false);
    await expect.poll(unsent, SOON).toEqual([]);
    expect(front.asked.filter((path) => path === SYNC)).toHaveLength(requests);
    expect(await stored()).toBe(before + 1);
    await session.detach();
  });

  it('P-09 a page frozen for ten minutes in the midst of sending goes on by itself', async () => {
    const { page, proxy } = handset;
    proxy.stallAnswers();
    await save(page);
    await openPlace(page, '我的');
    await see(page, '正在送');
    await proxy.close();
    await proxy.open();
    await page.clock.fastForward(FROZEN_MS);
    proxy.stallAnswers(false);
    await page.clock.fastForward(FROZEN_MS);
    await expect.poll(unsent, SOON).toEqual([]);
    await see(page, '没有，都送到了');
  });

  it('S-04 a line that takes everything and never answers: the screen stops saying 正在送, and it ends sent', async () => {
    const { page, proxy } = handset;
    proxy.stallAnswers();
    await save(page);
    await openPlace(page, '我的');
    await see(page, '正在送');
    await page.clock.runFor(ATTEMPT_MS);
    await see(page, '等信号，有网自己送');
    proxy.stallAnswers(false);
    await page.clock.runFor(ATTEMPT_MS);
    await expect.poll(unsent, SOON).toEqual([]);
    await see(page, '没有，都送到了');
  });

  it('S-09 three tabs at once: one sender, each record once; a killed sender is followed by another', async () => {
    const { context } = handset.phone;
    const tabs = [handset.page, await context.newPage(), await context.newPage()];
    const before = await stored();
    front.rule = (path) => (path === SYNC ? 'cut' : 'pass');
    for (const tab of tabs) await save(tab);
    expect(await unsent()).toHaveLength(tabs.length);
    front.rule = () => 'pass';
    front.forget();
    await Promise.all(
      tabs.map((tab) => tab.evaluate(() => window.dispatchEvent(new Event('online')))),
    );
    await expect.poll(unsent, SOON).toEqual([]);
    expect([await stored(), front.most(SYNC)]).toEqual([before + tabs.length, 1]);

    handset.proxy.stallAnswers();
    const [first, second, third] = tabs as [Page, Page, Page];
    await save(third);
    await third.close();
    handset.proxy.stallAnswers(false);
    // The half minute counts from the sender's end, which takes a moment to reach the browser.
    await expect.poll(() => front.now(SYNC), SOON).toBe(0);
    await first.clock.runFor(TAKEN_OVER_MS);
    await expect.poll(unsent, SOON).toEqual([]);
    expect(await stored()).toBe(before + tabs.length + 1);
    await second.close();
  });
});
