/** The second line in a real browser: its own localStorage, its own database, the built app. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIRROR_KEY } from '#data/ledger/mirror-head.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, press, see, type Handset } from './support/handset.ts';
import { personOn, unsentOn, writtenOn } from './support/store.ts';

describe('a phone whose database is re-created empty', () => {
  let county: County;
  let handset: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    handset = await openHandset(county.port);
  });
  afterAll(async () => {
    await handset.close();
    await county.stop();
  });

  it('D-06 is told of it, goes on as the same device, and sends what was never sent', async () => {
    const { page, phone } = handset;
    await handset.join(county.invitation('member', 0));
    await handset.loseNetwork();
    await phone.goto('/study/add');
    await press(page, '存下');
    await see(page, '已存到手机');
    const before = await personOn(page);
    const [unsent] = await unsentOn(page);
    await page.waitForFunction((key) => localStorage.getItem(key)?.includes('"seq":2'), MIRROR_KEY);
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.deleteDatabase('ledger').onsuccess = resolve;
        }),
    );
    await phone.goto('/me');
    await see(page, '这部手机的存储坏过一次');
    await see(page, '1 条等信号');
    expect((await personOn(page)).device).toBe(before.device);
    expect((await unsentOn(page)).map(({ id }) => id)).toEqual([unsent?.id]);
    await press(page, '看这部手机的情况');
    await see(page, /坏过一次，1 条没送的放回去了/);
    await see(page, `"id":"${unsent?.id}"`);
    await handset.findNetwork();
    await see(page, '没有还没送的');
    await expect.poll(() => unsentOn(page)).toEqual([]);
    // The consent came back from the server as this device's own.
    expect(await writtenOn(page)).toHaveLength(2);
    expect(await page.evaluate(() => localStorage.getItem('rixue.mirror'))).toContain('"seq":2');
  });

  it('D-09 shows a readable page and the way out where the database never opens', async () => {
    const { page, phone } = handset;
    await handset.loseNetwork();
    await phone.goto('/study/add');
    await press(page, '存下');
    await see(page, '已存到手机');
    await page.waitForFunction((key) => localStorage.getItem(key)?.includes('"seq":3'), MIRROR_KEY);
    await phone.context.addInitScript(() => {
      const refuse = () => {
        (window as { opens?: number }).opens = ((window as { opens?: number }).opens ?? 0) + 1;
        throw new DOMException('no manifest', 'AbortError');
      };
      Object.assign(IDBFactory.prototype, { open: refuse });
    });
    await phone.goto('/');
    await see(page, '手机里的存储打不开');
    await press(page, '看这部手机的情况');
    await see(page, '"kind":"self"');
    expect(await page.evaluate(() => (window as { opens?: number }).opens)).toBe(3);
  });
});
