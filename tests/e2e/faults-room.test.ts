/** What the browser promises to keep, and what happens when the phone is full. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { times } from '#tests/support/long.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, press, screenText, see, type, type Handset } from './support/handset.ts';
import { unsentOn, writtenOn } from './support/store.ts';

/** Chromium remembers how much room there was until a database has been closed for so long. */
const ROOM_KNOWN_MS = times(3_000, 5_000);
const MUCH_BYTES = 2_000_000;
const NOTE = '记一句（可以不写）';
const DAY_MS = 86_400_000;
const NOT_PROMISED = '手机太满时，浏览器可能清掉';
const PROMISED = '浏览器答应留着';

/** A busy machine takes its time; what is waited for is a fact and not a moment. */
const SOON = { timeout: 20_000 };

describe('room on the phone', () => {
  let county: County;
  let handset: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    handset = await openHandset(county.port);
    await handset.phone.context.addInitScript(() => {
      const asking = StorageManager.prototype.persist;
      StorageManager.prototype.persist = function (this: StorageManager) {
        localStorage.setItem('asked', String(Number(localStorage.getItem('asked')) + 1));
        return asking.call(this);
      };
    });
    await handset.join(county.invitation('secretary', 0), ['desk']);
  });
  afterAll(async () => {
    await handset.close();
    await county.stop();
  });

  const asked = () => handset.page.evaluate(() => Number(localStorage.getItem('asked')));

  async function startAgain(): Promise<void> {
    await handset.phone.goto('/');
    await see(handset.page, '今天');
    await handset.phone.goto('/me');
  }

  it('D-12 no room left: the screens of roles go and the record stays; with nothing left to give it says so and keeps the form', async () => {
    const { page, phone } = handset;
    const session = await phone.context.newCDPSession(page);
    const quota = (quotaSize?: number) =>
      session.send('Storage.overrideQuotaForOrigin', {
        origin: phone.origin,
        ...(quotaSize === undefined ? {} : { quotaSize }),
      });
    const roleFiles = () =>
      page.evaluate(async () => (await (await caches.open('rixue-roles')).keys()).length > 0);
    await phone.goto('/study/add');
    await type(page, NOTE, '满了');
    const before = (await writtenOn(page)).length;
    expect(await roleFiles()).toBe(true);
    await handset.loseNetwork();
    await page.evaluate(putMore, MUCH_BYTES);
    await page.goto('about:blank');
    await sleep(ROOM_KNOWN_MS);
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin: phone.origin });
    await quota(usage);
    await phone.goto('/study/add');
    await press(page, '存下');
    await see(page, '已存到手机');
    expect(await screenText(page)).not.toContain('出了点差错');
    expect([await roleFiles(), (await writtenOn(page)).length]).toEqual([false, before + 1]);

    await page.goto('about:blank');
    await sleep(ROOM_KNOWN_MS);
    await quota(1);
    await phone.goto('/study/add');
    await type(page, NOTE, '还写');
    await press(page, '存下');
    await see(page, '没有存下，手机满了');
    expect(await page.getByLabel(NOTE).inputValue()).toBe('还写');
    expect(await screenText(page)).not.toMatch(/已存到手机|出了点差错/);
    await quota();
    await handset.findNetwork();
    await press(page, '存下');
    await see(page, '已存到手机');
    expect(await writtenOn(page)).toHaveLength(before + 2);
    await expect.poll(() => unsentOn(page), { timeout: 15_000 }).toEqual([]);
  });

  it('D-11 persistence refused, then granted: the page says how it stands, and asks once a week at most', async () => {
    const answer = await permission(handset);
    await answer('denied');
    for (let starts = 0; starts < 3; starts += 1) {
      await startAgain();
      await see(handset.page, NOT_PROMISED);
    }
    expect(await asked()).toBe(1);
    await handset.phone.context.clock.install({ time: Date.now() + 8 * DAY_MS });
    await startAgain();
    await expect.poll(asked, SOON).toBe(2);
    await answer('granted');
    await startAgain();
    await see(handset.page, PROMISED);
    expect(await asked()).toBe(2);
  });
});

/** One more screen of a role, so large that its going is felt. */
async function putMore(bytes: number): Promise<void> {
  const cache = await caches.open('rixue-roles');
  await cache.put('/assets/desk-more.js', new Response(new Uint8Array(bytes)));
}

/** Answers in the person's place whether the site may keep its storage. */
async function permission({ phone }: Handset) {
  const session = await phone.context.newCDPSession(phone.page);
  return (setting: 'granted' | 'denied') =>
    session.send('Browser.setPermission', {
      permission: { name: 'persistent-storage' },
      setting,
      origin: phone.origin,
    });
}
