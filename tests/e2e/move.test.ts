/** A phone lets a second browser in by a code, for good, and an office computer for twelve hours. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, press, screenText, see, type, type Handset } from './support/handset.ts';
import { keptOn, personOn, unsentOn } from './support/store.ts';

const NAME = '黄国强';
const SYNCED = { timeout: 20_000, interval: 200 };
const HOUR_MS = 3_600_000;

describe('a second device', () => {
  let county: County;
  let desk: HeadlessDevice;
  let phone: Handset;
  let browser: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    const server = `http://localhost:${county.port}`;
    desk = await createHeadlessDevice({ server, invitation: county.invitation('secretary', 0) });
    [phone, browser] = await Promise.all([openHandset(county.port), openHandset(county.port)]);
    await desk.enrol();
    await phone.join(county.invitation('member', 0));
  });
  afterAll(async () => {
    await Promise.all([phone.close(), browser.close(), desk.close()]);
    await county.stop();
  });

  /** The code on the phone's screen, as its person would read it. */
  async function shownCode(): Promise<string> {
    const kept = await keptOn<{ code: string }>(phone.page, 'move.made');
    const code = kept?.code ?? '';
    expect((await screenText(phone.page)).replace(/\s/g, '')).toContain(code);
    return code;
  }

  it('needs a network for a code, and says so', async () => {
    const { page } = phone;
    await phone.phone.goto('/study/add');
    await type(page, '也可以直接输几分钟', '25');
    await press(page, '存下');
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await phone.phone.goto('/me');
    await press(page, /搬到浏览器/);
    await phone.loseNetwork();
    await press(page, '做一个码');
    await see(page, '没有网');
    await phone.findNetwork();
    await press(page, '做一个码');
    await see(page, '只能用一次');
  });

  it('goes on with the study and the attendance of the first', async () => {
    const { person } = await personOn(phone.page);
    await desk.sync();
    const [activity] = (await desk.records()).filter(({ kind }) => kind === 'activity');
    const tap = { activity: activity?.id, state: 'present', how: 'tap' };
    await desk.record('check-in', tap, { subject: person });
    await desk.sync();
    const { page } = browser;
    await browser.phone.goto('/');
    await press(page, '在别处加入过？用搬的码');
    await type(page, '搬的码', 'RX');
    await press(page, '搬过来');
    await see(page, '还没输完');
    await type(page, '搬的码', (await shownCode()).toLowerCase());
    await browser.loseNetwork();
    await press(page, '搬过来');
    await see(page, '什么都不会丢');
    await browser.findNetwork();
    await press(page, '搬过来');
    await see(page, `好了，${NAME}`);
    await press(page, '去看今天');
    await browser.phone.goto('/study/month');
    await see(page, '25 分钟');
    await browser.phone.goto('/me/data');
    await see(page, '书记已记您到会');
    expect((await personOn(page)).device).not.toBe((await personOn(phone.page)).device);
  });

  it('is used up: the same code opens nothing on a third, and is taken back on the phone', async () => {
    const { page } = browser;
    await browser.phone.goto(`/join/move#${await shownCode()}`);
    await press(page, '搬过来');
    await see(page, '这个码用过了，或者过时了');
    expect(page.url()).not.toContain('#');
    await press(phone.page, '不用了');
    await see(phone.page, '收回了');
  });

  it('an office computer is lent for twelve hours, stands in the list, and is over after them', async () => {
    const { page } = phone;
    await page.getByText('办公室的电脑，用 12 小时').click();
    await press(page, '做一个码');
    await see(page, '在电脑的浏览器里打开');
    await browser.phone.goto(`/join/move#${await shownCode()}`);
    await press(browser.page, '搬过来');
    await see(browser.page, '这台电脑用到');
    await expect.poll(() => unsentOn(browser.page), SYNCED).toEqual([]);
    await phone.phone.goto('/me/devices');
    await see(page, '办公室的电脑');
    await see(page, '用到');
    const { device } = await personOn(browser.page);
    await county.rows('update devices set ends = ends - $2 where device = $1 returning 1', [
      device,
      12 * HOUR_MS,
    ]);
    await browser.phone.goto('/me');
    await see(browser.page, '这部手机已经停用');
  });
});
