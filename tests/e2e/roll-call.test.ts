/**
 * Two phones with no network in one hall, each filming the other's actual screen by Chromium's own fake
 * camera: the secretary scans the member's code, the member scans the hall's. Then both are synced.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { film, pictureOfPng } from '#tests/support/camera.ts';
import { openCounty, type County } from './support/county.ts';
import {
  came,
  openHandset,
  openPlace,
  press,
  screenText,
  see,
  type,
  type Handset,
} from './support/handset.ts';
import { personOn, unsentOn } from './support/store.ts';

/** Of the demonstration county's first branch. */
const MEMBER = '黄国强';
const SYNCED = { timeout: 20_000, interval: 200 };
const AGAIN = { ...SYNCED, interval: 2_000 };

describe('a roll call between two phones without a network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-roll-call-'));
  const lens = film(join(folder, 'secretary.y4m'), null);
  const ownLens = film(join(folder, 'member.y4m'), null);
  let county: County;
  let member: Handset;
  let secretary: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    [member, secretary] = await Promise.all([
      openHandset(county.port, { camera: { films: ownLens } }),
      openHandset(county.port, { camera: { films: lens } }),
    ]);
    await Promise.all([
      member.join(county.invitation('member', 0)),
      secretary.join(county.invitation('secretary', 0), ['desk']),
    ]);
    await Promise.all([member.loseNetwork(), secretary.loseNetwork()]);
    // What the worker keeps is enough: the browser may drop its own cache whenever it likes.
    for (const { phone } of [member, secretary]) {
      const session = await phone.context.newCDPSession(phone.page);
      await session.send('Network.clearBrowserCache');
    }
  });
  afterAll(async () => {
    await Promise.all([member.close(), secretary.close()]);
    await county.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** How many records of each kind the county holds about the member's presence. */
  const onRoll = async () => {
    const { person } = await personOn(member.page);
    const rows = await county.rows<{ said: string }>(
      `select kind || ' ' || count(*) as said from records
       where subject = $1 and kind in ('check-in', 'proof') group by kind order by kind`,
      [person],
    );
    return rows.map(({ said }) => said);
  };

  it('the member scans the hall’s code: kept on the phone, and nothing more is said', async () => {
    await openPlace(secretary.page, '活动');
    await press(secretary.page, /主题党日/);
    await press(secretary.page, '出示码');
    const hall = secretary.page.getByRole('img', { name: '会场的码' });
    film(ownLens, pictureOfPng(await hall.screenshot()));
    await openPlace(member.page, '活动');
    await press(member.page, /主题党日/);
    await press(member.page, '我到了');
    await press(member.page, '我来扫书记的码');
    await see(member.page, /已存到手机 \d\d:\d\d，请让书记点一下您的名字/);
    expect(await screenText(member.page)).not.toMatch(/已送到县里|书记已记/);
  });

  it('the secretary scans the member’s own code', async () => {
    await member.page.getByRole('link', { name: '返回' }).click();
    const code = member.page.getByRole('img', { name: '我的码' });
    film(lens, pictureOfPng(await code.screenshot()));
    await press(secretary.page, '扫他的码');
    await see(secretary.page, MEMBER);
    await see(secretary.page, '✓ 到');
    expect(await unsentOn(secretary.page)).toHaveLength(2); // 到, and that this phone showed the code
  });

  it('then both are synced: one entry, the scan stands beside it, and the member reads it', async () => {
    await Promise.all([member.findNetwork(), secretary.findNetwork()]);
    for (const { page } of [member, secretary])
      await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    expect(await onRoll()).toEqual(['check-in 1', 'proof 1']);
    await secretary.phone.goto('/');
    await press(secretary.page, '点名');
    await see(secretary.page, came(1));
    expect(await screenText(secretary.page)).not.toContain('自己扫');
    await member.phone.relaunch('/');
    await see(member.page, '书记已记您到会');
  });

  it('digits that fit nothing wait for one tap, and are no question once it is done', async () => {
    await member.page.goto(`${member.phone.origin}/activities/digits`);
    await type(member.page, '书记手机上的六位数', '000000');
    await press(member.page, '存下');
    await see(member.page, '请让书记点一下您的名字');
    await expect.poll(() => unsentOn(member.page), SYNCED).toEqual([]);
    const { page } = secretary;
    await press(page, `${MEMBER}，到会，点一下改`);
    await see(page, came(0));
    await expect
      .poll(async () => (await page.reload(), await see(page, MEMBER), screenText(page)), AGAIN)
      .toContain('1 位自己扫了码，请点一下');
    await press(page, `${MEMBER}，算到会`);
    await see(page, came(1));
    await see(page, '自己扫码的，都点过了');
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    expect(await onRoll()).toEqual(['check-in 3', 'proof 2']);
  });
});
