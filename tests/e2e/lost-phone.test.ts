/** A member's phone is lost: an empty one asks, the secretary taps in a hall with no signal, and it goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, press, screenText, see, type Handset } from './support/handset.ts';
import { personOn, unsentOn } from './support/store.ts';

const NAME = '黄国强';
const SYNCED = { timeout: 20_000, interval: 200 };

describe('a lost phone', () => {
  let county: County;
  let secretary: Handset;
  let lost: HeadlessDevice;
  let found: Handset;
  let number: string;

  beforeAll(async () => {
    county = await openCounty('demo');
    const server = `http://localhost:${county.port}`;
    lost = await createHeadlessDevice({ server, invitation: county.invitation('member', 0) });
    [secretary, found] = await Promise.all([openHandset(county.port), openHandset(county.port)]);
    await lost.enrol();
    await lost.record('study', { day: '2026-03-01', minutes: 25, how: 'app' });
    await lost.sync();
    await secretary.join(county.invitation('secretary', 0), ['desk']);
  });
  afterAll(async () => {
    await Promise.all([secretary.close(), found.close(), lost.close()]);
    await county.stop();
  });

  it('the secretary is asked whether it is them who joined, and answers for good', async () => {
    const { page, phone } = secretary;
    await phone.goto('/desk');
    await press(page, new RegExp(`${NAME}已加入，是他吗？`));
    await see(page, '是他，就不用管了');
    await press(page, '是他');
    await see(page, '他的手机丢了');
    await phone.goto('/desk');
    await see(page, '14');
    expect(await screenText(page)).not.toContain('是他吗');
  });

  it('an empty phone asks by the used invitation, and shows a number and nobody’s name', async () => {
    const { page, phone } = found;
    await phone.goto(`/join#${county.invitation('member', 0)}`);
    await see(page, '这张邀请已经用过了');
    await see(page, '只有旧手机打得开');
    await press(page, '请书记重新加我');
    await see(page, '打电话给书记，把这个数念给他听');
    const shown = await screenText(page);
    expect(shown).not.toContain(NAME);
    number = /\d{3}\s*\d{3}/.exec(shown)?.[0].replace(/\s/g, '') ?? '';
    expect(number).toMatch(/^\d{6}$/);
    await phone.goto('/me');
    await see(page, `给书记念的数：${number}`);
  });

  it('the secretary sees the same number and lets it in, with no network', async () => {
    const { page, phone } = secretary;
    await phone.goto('/activities');
    await phone.goto('/desk');
    await see(page, `${NAME}换了手机，请您重新加`);
    await secretary.loseNetwork();
    await press(page, new RegExp(`${NAME}换了手机`));
    await see(page, new RegExp(`${number.slice(0, 3)}\\s*${number.slice(3)}`));
    await press(page, '是他，加上');
    await see(page, '送到县里以后');
    await secretary.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await see(page, `加上了，${NAME}的手机自己就打开`);
  });

  it('the waiting phone opens by itself, with what was sent and the word about the rest', async () => {
    const { page, phone } = found;
    await phone.goto('/me');
    await see(page, NAME);
    await see(page, '没有，都送到了');
    await phone.goto('/me/records');
    await see(page, '旧手机上自己学习的记录加了密，要用恢复卡才打得开');
    await phone.goto('/me/devices');
    await see(page, '这部手机');
    await see(page, '已停用');
  });

  it('X-11 the lost one hands in what it still holds, keeps it, and reads nothing more', async () => {
    await lost.record('study', { day: '2026-03-02', minutes: 30, how: 'app' });
    await lost.sync().catch(() => undefined);
    await lost.sync().catch(() => undefined);
    expect(await lost.ledger.unsent()).toBe(0);
    const kinds = (await lost.records()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'study')).toHaveLength(2);
    expect(kinds).not.toContain('activity');
  });

  it('a phone in the hand is ended only after it is said what that means', async () => {
    const { page, phone } = found;
    await phone.goto('/me/devices');
    await press(page, '不再用这部手机');
    await see(page, '支部的东西会从这部手机上拿走');
    const { device } = await personOn(page);
    await press(page, '停用');
    const ended = 'select from devices where device = $1 and revoked is not null';
    await expect.poll(() => county.rows(ended, [device]), SYNCED).toHaveLength(1);
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await phone.goto('/me');
    await see(page, '这部手机已经停用');
  });
});
