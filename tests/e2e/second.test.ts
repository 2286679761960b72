/** A member reports to a second branch with both phones offline; then two branches live on one phone. */
import { decodeQR } from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPng } from '#tests/support/png.ts';
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
import { unsentOn } from './support/store.ts';

const MEMBER = '万家发';
const SYNCED = { timeout: 20_000, interval: 200 };
const MEETING = '老校长讲村史';

describe('a second membership', () => {
  let county: County;
  let member: Handset;
  let host: Handset;
  let link = '';

  beforeAll(async () => {
    county = await openCounty('demo');
    [member, host] = await Promise.all([openHandset(county.port), openHandset(county.port)]);
    await Promise.all([
      member.join(county.invitation('member', 2)),
      host.join(county.invitation('secretary', 2), ['desk']),
    ]);
  });
  afterAll(async () => {
    await Promise.all([member.close(), host.close()]);
    await county.stop();
  });

  it('is shown by the person’s phone with no network', async () => {
    const { page } = member;
    await member.loseNetwork();
    await openPlace(page, '我的');
    await press(page, /到另一个支部报到/);
    await press(page, '出示报到码');
    const picture = await page.getByRole('img', { name: '报到码' }).screenshot();
    const { width, height, rgb } = readPng(picture);
    link = decodeQR({ width, height, data: rgb });
    expect(link).toMatch(/\/desk\/second#/);
  });

  it('is kept by the host’s desk with no network, apart from its own people', async () => {
    const { page, phone } = host;
    await host.loseNetwork();
    await phone.goto('/desk/second');
    await page.getByLabel('他发来的报到链接').fill(link);
    await see(page, MEMBER);
    await press(page, '让他在这里报到');
    await see(page, '粘贴名单');
    await see(page, '双报到');
    await see(page, MEMBER);
    expect(await unsentOn(page)).toHaveLength(1);
  });

  it('brings the host’s meetings beside those of the own branch, each with its name', async () => {
    const { page } = member;
    await host.phone.goto('/activities/new');
    await type(host.page, '名称', MEETING);
    await press(host.page, '开这个活动');
    await host.findNetwork();
    await expect.poll(() => unsentOn(host.page), SYNCED).toEqual([]);
    await member.findNetwork();
    await openPlace(page, '活动');
    await see(page, /主题党日/);
    await expect
      .poll(async () => {
        await page.reload();
        await see(page, /主题党日/);
        return screenText(page);
      }, SYNCED)
      .toContain(MEETING);
    const names = await county.rows<{ name: string }>(
      `select names ->> 'hans' as name from scopes where kind = 'branch'`,
    );
    const text = await screenText(page);
    for (const { name } of names) expect(text).toContain(name);
    await press(page, new RegExp(MEETING));
    await press(page, '我去不了');
    await see(page, '您说了去不了');
  });

  it('ends by the host’s desk: its meetings leave the phone, the own branch stays', async () => {
    const { page, phone } = host;
    await phone.goto('/activities');
    await press(page, new RegExp(MEETING));
    await press(page, '点名');
    await see(page, '双报到');
    await page
      .getByRole('button', { name: new RegExp(MEMBER) })
      .first()
      .click();
    await see(page, '另有双报到、流动党员 1 人到会，不算在内');
    await see(page, came(0));
    await phone.goto('/desk');
    await press(page, new RegExp(MEMBER));
    await press(page, '不再在这里报到');
    await press(page, '不再在这里报到');
    await see(page, '粘贴名单');
    expect(await screenText(page)).not.toContain(MEMBER);
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await openPlace(member.page, '活动');
    await see(member.page, /主题党日/);
    await expect
      .poll(async () => {
        await member.page.reload();
        await see(member.page, /主题党日/);
        return screenText(member.page);
      }, SYNCED)
      .not.toContain(MEETING);
  });
});
