/**
 * The whole story on real parts: two members and a secretary lose the network, read, study, meet and
 * call the roll; phones die and come back; then the network returns and everybody holds the same.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { film, pictureOfPng } from '#tests/support/camera.ts';
import { apiText, otherNames, sentRows } from './support/answers.ts';
import { openCounty, type County } from './support/county.ts';
import { came, langOf, openHandset, press, see, type, type Handset } from './support/handset.ts';
import { acceptedDigits } from './support/hall.ts';
import { studyFor } from './support/half-hour.ts';
import { keptOn, personOn, unsentOn, writtenOn } from './support/store.ts';

/** Printed invitations of the demonstration county, in its first branch. */
const MEMBER = { scanned: '黄国强', tapped: '阿依古丽·买买提江' };
const TITLE = '第三季度党员大会';

/** A pull of the server's and a write of its database, on a busy machine. */
const SYNCED = { timeout: 20_000, interval: 200 };

describe('the story of one meeting', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-story-'));
  const lens = film(join(folder, 'lens.y4m'), null);
  let county: County;
  let memberA: Handset;
  let memberB: Handset;
  let secretary: Handset;
  let committee: Handset | undefined;
  let activity = '';

  beforeAll(async () => {
    county = await openCounty('demo');
    const { port } = county;
    [memberA, memberB, secretary] = await Promise.all([
      openHandset(port),
      openHandset(port),
      openHandset(port, { camera: { films: lens } }),
    ]);
  });
  afterAll(async () => {
    const all = [memberA, memberB, secretary, committee].map((each) => each?.close());
    await Promise.allSettled(all);
    await county.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('three people join by their printed invitations, and their phones need no network any more', async () => {
    await Promise.all([
      memberA.join(county.invitation('member', 0)),
      memberB.join(county.invitation('member', 1)),
      secretary.join(county.invitation('secretary', 0), ['desk']),
    ]);
    await see(memberA.page, MEMBER.scanned);
    await Promise.all([memberA, memberB, secretary].map((each) => each.loseNetwork()));
    await expect(fetch(`${memberA.proxy.url}/healthz`)).rejects.toThrow();
  });

  it('without a network a member reads the second chapter in both scripts; a killed phone keeps the last', async () => {
    await Promise.all([memberA, memberB].map(({ phone }) => phone.goto('/report')));
    for (const { page } of [memberA, memberB]) {
      await page.getByRole('main').getByRole('listitem').getByRole('link').nth(1).click();
      await see(page, '第 2 章');
      const title = page.getByRole('main').getByRole('heading').first();
      const simplified = await title.innerText();
      await page.getByRole('button', { name: '换成繁体字' }).click();
      await expect.poll(() => langOf(page)).toBe('zh-Hant-HK');
      await expect.poll(() => title.innerText()).not.toBe(simplified);
      await page.getByRole('button', { name: /換成|换成/ }).click();
      await expect.poll(() => langOf(page)).toBe('zh-Hans');
      await expect.poll(() => title.innerText()).toBe(simplified);
    }
    await memberA.page.getByRole('button', { name: '换成繁体字' }).click();
    await expect.poll(() => keptOn(memberA.page, 'script')).toMatchObject({ script: 'hant' });
    await memberA.phone.relaunch();
    await memberA.page.getByRole('button', { name: '換成簡體字' }).click();
    await expect.poll(() => keptOn(memberA.page, 'script')).toMatchObject({ script: 'hans' });
  });

  it('the half hour survives a killed phone; what is written says only 已存到手机', async () => {
    await memberA.page.clock.install();
    await memberA.phone.goto('/study');
    await press(memberA.page, '开始学');
    await see(memberA.page, '正在计时');
    for (let minutes = 0; minutes < 2;) minutes = await studyFor(memberA.page, 5_000);
    await see(memberA.page, /2\s*分钟/);
    await memberA.phone.relaunch('/study');
    await see(memberA.page, '停着');
    await press(memberA.page, '学完了');
    await see(memberA.page, '记下了 2 分钟');
    await see(memberA.page, '已存到手机');
  });

  it('the other member writes a half hour down afterwards', async () => {
    await memberB.phone.goto('/study/add');
    await memberB.page.getByLabel('也可以直接输几分钟').fill('30');
    await press(memberB.page, '存下');
    await see(memberB.page, '记下了 30 分钟');
    await see(memberB.page, '已存到手机');
  });

  it('a member holds out the own code, killed phone or not', async () => {
    await memberA.phone.relaunch('/');
    await press(memberA.page, '我到了');
    const code = memberA.page.getByRole('img', { name: '我的码' });
    film(lens, pictureOfPng(await code.screenshot()));
    await memberA.phone.goto('/study/month');
    await see(memberA.page, '2 分钟');
    await see(memberA.page, '已存到手机');
  });

  it('the secretary opens an activity and calls the roll by name', async () => {
    const { page } = secretary;
    await secretary.phone.goto('/activities');
    await press(page, '开一个活动');
    await page.getByLabel('开什么会').selectOption('members-meeting');
    await type(page, '名称', TITLE);
    await type(page, '几点开始', '20:00');
    await page.getByLabel('在哪里').fill('村文化室');
    await press(page, '开这个活动');
    await see(page, '已存到手机');
    activity = /activities\/([0-9a-f-]{36})$/.exec(page.url())?.[1] ?? '';
    expect(activity).not.toBe('');
    await press(page, '点名');
    await press(page, `${MEMBER.tapped}，还没点，点一下改`);
    await see(page, came(1));
  });

  it('killed and started again without a network, the phone goes on and scans a member', async () => {
    await secretary.phone.relaunch(`/activities/${activity}/scan`);
    await see(secretary.page, MEMBER.scanned);
    await see(secretary.page, '✓ 到');
    await see(secretary.page, came(2));
  });

  it('the hall code is one that the county can check', async () => {
    const { page } = secretary;
    await press(page, '出示码');
    await page.getByRole('img', { name: '会场的码' }).waitFor();
    const { device } = await personOn(page);
    const shown = (await page.getByText(/^\d{3} \d{3}$/).innerText()).replace(' ', '');
    expect(await acceptedDigits(county, activity, device)).toContain(shown);
    expect(await page.getByRole('main').innerText()).toMatch(/到 2\s*应到 14/);
  });

  it('nothing has reached the county so far', async () => {
    const rows = await county.rows(`select 1 from records where kind = 'self' or body like $1`, [
      `%${TITLE}%`,
    ]);
    expect(rows).toEqual([]);
  });

  it('with the network back everything arrives without a tap, also where a request came twice', async () => {
    await memberA.phone.goto('/study/month');
    await memberA.findNetwork();
    await see(memberA.page, '已送到县里');
    secretary.proxy.duplicateRequests(1, /^\/api\/sync/);
    await secretary.findNetwork();
    await expect.poll(() => unsentOn(secretary.page), SYNCED).toEqual([]);
    await memberB.findNetwork();
    await expect.poll(() => unsentOn(memberB.page), SYNCED).toEqual([]);
    await expect.poll(() => secretary.proxy.duplicated(), SYNCED).toBe(1);
  });

  it('the members read that the secretary has recorded them', async () => {
    for (const member of [memberA, memberB]) {
      await member.phone.relaunch('/');
      await see(member.page, TITLE);
      await see(member.page, '书记已记您到会');
      await member.phone.goto('/me/records');
      await see(member.page, TITLE);
      await see(member.page, '已送到县里');
      expect(await member.page.getByRole('main').innerText()).not.toContain('已存到手机');
    }
  });

  it('the server holds every record once, and of self records nothing that tells a day', async () => {
    const stored = await county.rows<{ id: string; times: number }>(
      'select id, count(*)::int as times from records group by id',
    );
    expect(stored.filter(({ times }) => times !== 1)).toEqual([]);
    const ids = new Set(stored.map(({ id }) => id));
    const pages = [memberA, memberB, secretary].map(({ page }) => page);
    const phones = await Promise.all(pages.map(writtenOn));
    const written = phones.map((records) => records.map(({ topic }) => topic).toSorted());
    expect(written).toEqual([
      ['consent', 'study'],
      ['consent', 'study'],
      ['activity', 'check-in', 'check-in', 'consent', 'shown'],
    ]);
    for (const records of phones) expect(records.every(({ id }) => ids.has(id))).toBe(true);
    const devices = (await Promise.all(pages.map(personOn))).map(({ device }) => device);
    const counts = await county.rows<{ said: string }>(
      `select kind || ' ' || count(*) as said from records where device = any($1)
       group by kind order by kind`,
      [devices],
    );
    const said = counts.map((row) => row.said);
    expect(said).toEqual(['activity 1', 'check-in 2', 'consent 3', 'self 2', 'shown 1']);
    const self = await county.rows(
      `select subject, author, day, at, received, offset_ms from records where kind = 'self'`,
    );
    expect(self.map((row) => Object.values(row))).toEqual(Array(2).fill(Array(6).fill(null)));
  });

  it("a committee member's phone that joins later shows the same roll", async () => {
    committee = await openHandset(county.port);
    await committee.join(county.invitation('secretary', 1), ['desk']);
    for (const { phone } of [committee, secretary])
      await phone.goto(`/activities/${activity}/roll`);
    for (const { page } of [committee, secretary]) await see(page, came(2));
    const [theirs, ours] = [await marks(committee.page), await marks(secretary.page)];
    expect(theirs).toEqual(ours);
    expect(ours.filter((mark) => mark.includes('到会'))).toEqual([
      `${MEMBER.scanned}，到会，点一下改`,
      `${MEMBER.tapped}，到会，点一下改`,
    ]);
  });

  it.each(['scanned', 'tapped'] as const)(
    'the raw answers to the member who was %s hold nothing outside the audience',
    async (which) => {
      const { proxy, page } = which === 'scanned' ? memberA : memberB;
      const { person } = await personOn(page);
      const rows = sentRows(proxy);
      const kinds = new Set(rows.map(({ kind }) => kind));
      expect([...kinds].toSorted()).toEqual(['about', 'activity', 'check-in', 'member']);
      const branches = new Set(rows.map(({ scope }) => scope));
      expect(branches.size).toBe(1);
      expect(rows.filter((row) => row.subject && row.subject !== person)).toEqual([]);
      const bound = rows.filter(({ kind }) => kind === 'check-in' || kind === 'member');
      expect(bound.every(({ subject }) => subject === person)).toBe(true);
      // The same reading finds everybody in what the desk was sent.
      const desk = apiText(secretary.proxy);
      expect(otherNames(MEMBER[which]).filter((name) => desk.includes(name))).not.toEqual([]);
      const text = apiText(proxy);
      expect(text).toContain(MEMBER[which]);
      expect(otherNames(MEMBER[which]).filter((name) => text.includes(name))).toEqual([]);
    },
  );

  const marks = (page: Page) =>
    page
      .getByRole('button', { name: /点一下改$/ })
      .evaluateAll((buttons) => buttons.map((button) => button.ariaLabel ?? ''));
});
