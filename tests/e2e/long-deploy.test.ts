/** A new build arrives while an old one is open: nobody sees a white page, loses what is typed, or is reloaded unasked. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DIST, openCounty, type County } from './support/county.ts';
import { openFront, type Front } from './support/front.ts';
import { openHandset, openPlace, press, see, type, type Handset } from './support/handset.ts';
import { nextBuild } from './support/next-build.ts';
import { unsentOn } from './support/store.ts';
import { hasWorker } from './support/worker.ts';

const FIRST = join(DIST, 'app');
/** Every screen whose code is a file of its own. */
const LAZY = ['/report', '/library', '/study', '/activities', '/desk', '/publish', '/me', '/join'];

/** A busy machine takes its time; what is waited for is a fact and not a moment. */
const SOON = { timeout: 20_000 };

describe('a new build', () => {
  const next = nextBuild(FIRST);
  let county: County;
  let front: Front;
  let handset: Handset;
  let loads = 0;

  beforeAll(async () => {
    county = await openCounty('demo');
    front = await openFront(county.port);
    handset = await openHandset(front.port);
    await handset.join(county.invitation('member', 0));
    handset.page.on('load', () => (loads += 1));
  });
  beforeEach(async () => {
    await county.restart(FIRST);
    await handset.phone.goto('/');
    await onNewest(handset.page);
    loads = 0;
  });
  afterEach(() => handset.proxy.open());
  afterAll(async () => {
    await handset.close();
    await front.close();
    await county.stop();
    rmSync(next, { recursive: true, force: true });
  });

  const deploy = async () => {
    await county.restart(next);
    await handset.page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });
    await expect.poll(() => hasWorker(handset.page, 'waiting'), SOON).toBe(true);
  };

  it('P-02 under an open page: every screen still opens, and the new one comes with one tap', async () => {
    const { page } = handset;
    const before = await scriptOf(page);
    await deploy();
    for (const path of LAZY) {
      await walk(page, path);
      expect((await page.locator('main').innerText()).length, path).toBeGreaterThan(10);
      expect(await page.getByText('这一页还没存到手机上').count(), path).toBe(0);
    }
    expect([loads, await scriptOf(page)]).toEqual([0, before]);
    await openPlace(page, '今天');
    await press(page, '换成新版本');
    await expect.poll(() => scriptOf(page).catch(() => before), SOON).not.toBe(before);
    await see(page, '今天');
    expect(loads).toBe(1);
    expect(await page.getByRole('button', { name: '换成新版本' }).count()).toBe(0);
    await handset.loseNetwork();
    for (const path of ['/report', '/study', '/me']) {
      await handset.phone.goto(path);
      await page.locator('main h1, main h2, main a').first().waitFor();
    }
  });

  it('P-02 two pages of the old build, one of them changes over: the other goes on, and follows with one tap', async () => {
    const { page } = handset;
    const other = await handset.phone.context.newPage();
    await other.goto(handset.proxy.url);
    const before = await scriptOf(other);
    await deploy();
    await openPlace(page, '今天');
    await press(page, '换成新版本');
    await expect.poll(() => scriptOf(page).catch(() => before), SOON).not.toBe(before);
    await walk(other, '/study');
    expect(await scriptOf(other)).toBe(before);
    await openPlace(other, '今天');
    await press(other, '换成新版本');
    await expect.poll(() => scriptOf(other).catch(() => before), SOON).not.toBe(before);
    await other.close();
  });

  it('P-03 while a form is half filled and something waits: no question, no reload, the input stays', async () => {
    const { page } = handset;
    await handset.loseNetwork();
    await walk(page, '/study/add');
    await press(page, '存下');
    await see(page, '已存到手机');
    await press(page, '再补一条');
    await type(page, '记一句（可以不写）', '第三章');
    await handset.proxy.open();
    front.rule = (path) => (path.startsWith('/api/') ? 'cut' : 'pass');
    await deploy();
    expect(await page.getByRole('button', { name: '换成新版本' }).count()).toBe(0);
    expect(await page.getByLabel('记一句（可以不写）').inputValue()).toBe('第三章');
    await openPlace(page, '今天');
    expect(await unsentOn(page)).toHaveLength(1);
    expect(await page.getByRole('button', { name: '换成新版本' }).count()).toBe(0);
    front.rule = () => 'pass';
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect.poll(() => unsentOn(page), SOON).toEqual([]);
    expect(loads).toBe(0);
    await press(page, '换成新版本');
    await expect.poll(() => loads, SOON).toBe(1);
    await walk(page, '/study/add');
    await expect
      .poll(() => page.getByLabel('记一句（可以不写）').inputValue(), SOON)
      .toBe('第三章');
  });
});

/** The file of the build that a page runs. */
function scriptOf(page: Page): Promise<string | undefined> {
  return page.evaluate(
    () => document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src,
  );
}

interface Mounted {
  __vue_app__: {
    config: { globalProperties: { $router: { push(to: string): Promise<unknown> } } };
  };
}

/** Goes to a path inside the open page, without loading it anew. */
async function walk(page: Page, path: string): Promise<void> {
  // A page that was loaded anew a moment ago may not have opened its ledger yet.
  await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}));
  await page.evaluate(async (to) => {
    const { __vue_app__: app } = document.querySelector('#app') as unknown as Mounted;
    await app.config.globalProperties.$router.push(to);
  }, path);
  await page.locator('main').waitFor();
  await page.waitForTimeout(150);
}

/** Whatever waits has taken over, so that a test begins with one build. */
async function onNewest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
    const settle = () => new Promise((done) => setTimeout(done, 50));
    while (registration?.installing) await settle();
    registration?.waiting?.postMessage('rixue:activate');
    while (registration?.waiting) await settle();
  });
  await page.reload();
}
