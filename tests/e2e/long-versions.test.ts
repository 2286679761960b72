/** An old and a new build on one database at once, the new one with a later schema: both save, both send, neither hangs. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIST, openCounty, type County } from './support/county.ts';
import { openHandset, openPlace, press, see, type Handset } from './support/handset.ts';
import { nextBuild } from './support/next-build.ts';
import { brokenRows, schemaOn, unsentOn, writtenOn } from './support/store.ts';
import { hasWorker } from './support/worker.ts';

const FIRST = join(DIST, 'app');
const SOON = { timeout: 30_000 };

describe('two builds on one database', () => {
  const next = nextBuild(FIRST, { laterSchema: true });
  let county: County;
  let handset: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    handset = await openHandset(county.port);
    await handset.join(county.invitation('member', 0));
  });
  afterAll(async () => {
    await handset.close();
    await county.stop();
    rmSync(next, { recursive: true, force: true });
  });

  /** Opens a tab that takes the new build; the first tab goes on with the old one. */
  async function openNewTab(): Promise<Page> {
    await county.restart(next);
    const tab = await handset.phone.context.newPage();
    await tab.goto(handset.proxy.url);
    await tab.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });
    await expect.poll(() => hasWorker(tab, 'waiting'), SOON).toBe(true);
    await openPlace(tab, '今天');
    const reloaded = tab.waitForEvent('load');
    await press(tab, '换成新版本');
    await reloaded;
    return tab;
  }

  it('S-09 and D-14 a later schema arrives under an open page of the old build: nothing is lost and nothing waits', async () => {
    const { page, phone } = handset;
    await phone.goto('/study/add');
    const before = await schemaOn(page);
    const tab = await openNewTab();
    await see(tab, '今天的半小时');
    expect(await schemaOn(tab)).toBeGreaterThan(before);
    await press(page, '存下');
    await see(page, '已存到手机');
    await openForm(tab);
    await press(tab, '存下');
    await see(tab, '已存到手机');
    await handset.loseNetwork();
    for (const each of [page, tab]) {
      await press(each, '再补一条');
      await press(each, '存下');
      await see(each, '已存到手机');
    }
    await handset.findNetwork();
    await expect.poll(() => unsentOn(tab), SOON).toEqual([]);
    expect(await brokenRows(tab)).toEqual([]);
    const sql = `select id from records where kind = 'self'`;
    const stored = (await county.rows<{ id: string }>(sql)).map(({ id }) => id).sort();
    const studies = (await writtenOn(tab)).filter(({ topic }) => topic === 'study');
    expect(stored).toEqual(studies.map(({ id }) => id).sort());
    expect(stored).toHaveLength(4);
  });
});

async function openForm(tab: Page): Promise<void> {
  await tab.goto(new URL('/study/add', tab.url()).href);
}
