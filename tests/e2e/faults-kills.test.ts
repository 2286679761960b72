/** Saving, while somebody or something ends the page, the browser or the room on the phone. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { times } from '#tests/support/long.ts';
import { createSeededRandom } from '#tests/support/seeded-random.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, openPlace, press, see, type, type Handset } from './support/handset.ts';
import { brokenRows, unsentOn, writtenOn } from './support/store.ts';

const NOTE = '记一句（可以不写）';
/** A save takes about so long: the kill falls before it, into it and after it. */
const SAVE_MS = 60;
/** Half of the kills end the page's process, half the whole browser. */
const KILLS = times(5, 50);

/** A busy machine takes its time; what is waited for is a fact and not a moment. */
const SOON = { timeout: 20_000 };

describe('killed while saving', () => {
  const chance = createSeededRandom(2);
  let county: County;
  let handset: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    handset = await openHandset(county.port);
    await handset.join(county.invitation('member', 0));
  });
  afterEach(() => handset.proxy.open());
  afterAll(async () => {
    await handset.close();
    await county.stop();
  });

  /** Fills in the form and waits at its button. */
  async function fill(note: string): Promise<void> {
    await handset.phone.goto('/study/add');
    await type(handset.page, NOTE, note);
  }

  it('D-02 the page or the browser killed at any moment of a save: the record is there whole or not at all', async () => {
    let shown = 0;
    for (let n = 0; n < KILLS; n += 1) {
      const before = (await writtenOn(handset.page)).length;
      await fill(`第${n}次`);
      const said = saysSaved(handset.page);
      void press(handset.page, '存下').catch(() => undefined);
      await sleep(chance() * SAVE_MS + (n === 0 ? 1_000 : 0));
      await (n % 2 === 0 ? crash(handset) : handset.phone.relaunch());
      if (n % 2 === 0) await handset.phone.goto('/');
      const rows = await writtenOn(handset.page);
      expect(rows.length - before).toBeLessThanOrEqual(1);
      if (said()) expect(rows.length - before, 'said to be saved').toBe(1);
      expect(await brokenRows(handset.page)).toEqual([]);
      shown += Number(said());
    }
    expect(shown).toBeGreaterThan(0);
    await expect.poll(() => unsentOn(handset.page), { timeout: 15_000 }).toEqual([]);
  });

  it('D-04 the browser killed 100 ms after 已存到手机: it is there, and goes out by itself', async () => {
    const before = (await writtenOn(handset.page)).length;
    await fill('一百毫秒');
    await handset.loseNetwork();
    await press(handset.page, '存下');
    await see(handset.page, '已存到手机');
    await sleep(100);
    await handset.phone.kill();
    await handset.proxy.open();
    await handset.phone.relaunch();
    expect(await writtenOn(handset.page)).toHaveLength(before + 1);
    await expect.poll(() => unsentOn(handset.page), { timeout: 15_000 }).toEqual([]);
  });

  it('S-10 closed right after saving without a network: sent at the next start, without a tap', async () => {
    const { context } = handset.phone;
    const page = await context.newPage();
    await page.goto(`${handset.proxy.url}/study/add`);
    await handset.phone.goto('about:blank');
    await type(page, NOTE, '关了');
    await handset.loseNetwork();
    await press(page, '存下');
    await see(page, '已存到手机');
    await page.close();
    await handset.proxy.open();
    const sql = 'select count(*)::int as count from records';
    const stored = async () => (await county.rows<{ count: number }>(sql))[0]?.count ?? 0;
    const before = await stored();
    await handset.phone.goto('/');
    await expect.poll(stored, { timeout: 15_000 }).toBe(before + 1);
    await expect.poll(() => unsentOn(handset.page), SOON).toEqual([]);
    await openPlace(handset.page, '我的');
    await see(handset.page, '没有，都送到了');
  });
});

/** Whether the page has said it, also when it is gone since. */
function saysSaved(page: Page): () => boolean {
  let said = false;
  const looking = page.waitForFunction(() => document.body.innerText.includes('已存到手机'), null, {
    polling: 'raf',
  });
  looking.then(
    () => (said = true),
    () => undefined,
  );
  return () => said;
}

/** Ends the page's process, as a phone short of memory does; the browser goes on with another page. */
async function crash({ phone }: Handset): Promise<void> {
  const gone = phone.page.waitForEvent('crash');
  const session = await phone.context.newCDPSession(phone.page);
  void session.send('Page.crash').catch(() => undefined);
  await gone;
  await phone.replacePage();
}
