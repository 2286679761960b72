/** A real county from nothing: its administrator, a branch, a secretary, 38 names and a first roll. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planCounty } from '#tests/county/plan-county.ts';
import { openCounty, type County } from './support/county.ts';
import { came, openHandset, openPlace, press, see, type Handset } from './support/handset.ts';
import { unsentOn } from './support/store.ts';

const FAMILY = [...'李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马'];
const GIVEN = ['桂兰', '永福'];

/** 38 names as somebody pastes them: numbered, padded, with and without a group. */
const NAMES = FAMILY.flatMap((family) => GIVEN.map((given) => family + given));
const LIST = NAMES.map((name, at) => {
  if (at < 10) return `${at + 1}. ${name}`;
  return at < 24 ? `${name}\t一组` : `${name} 二组`;
}).join('\n');
const PRESENT = [NAMES[0], NAMES[11], NAMES[37]];

/** A county's branches as Excel has them, with one that is there already and a township alone. */
const BRANCHES = [
  '乡镇\t支部',
  ...planCounty({ branches: 300, members: 1_000, seed: 2 }).branches.map(
    ({ township, names }) => `${township.hans}\t${names.hans}`,
  ),
  '青山镇\t石桥村党支部',
  '云岭镇',
];

const SYNCED = { timeout: 20_000, interval: 200 };

describe('npm start -- --empty', () => {
  let county: County;
  let administrator: Handset;
  let secretary: Handset;
  let link = '';

  beforeAll(async () => {
    county = await openCounty('empty');
    [administrator, secretary] = await Promise.all([
      openHandset(county.port, { viewport: { width: 1024, height: 740 } }),
      openHandset(county.port),
    ]);
  });
  afterAll(async () => {
    await Promise.allSettled([administrator, secretary].map((each) => each.close()));
    await county.stop();
  });

  it('the administrator joins by the one printed link, adds a branch and asks its secretary', async () => {
    const { page } = administrator;
    await administrator.join(county.invitation('administrator', 0), ['desk']);
    expect(() => county.invitation('administrator', 1)).toThrow('no invitation');
    await openPlace(page, '活动');
    await press(page, '支部和书记');
    await press(page, '加一个支部');
    await page.getByLabel('支部名称').fill('石桥村党支部');
    await page.getByLabel('哪个乡镇（可以不填）').fill('青山镇');
    await press(page, '加一个支部');
    await page.getByLabel('请谁当书记').fill('周建华');
    await press(page, '做一张邀请');
    await see(page, '已送到县里，可以用了');
    link = /#([\w-]{43})/.exec(await page.getByRole('main').innerText())?.[1] ?? '';
    expect(link).not.toBe('');
  });

  it('the secretary joins and pastes 38 names', async () => {
    const { page } = secretary;
    await secretary.join(link, ['desk']);
    await see(page, '周建华');
    await openPlace(page, '活动');
    await press(page, '名册');
    await press(page, '粘贴名单');
    await page.getByLabel('名单').fill(LIST);
    await press(page, '加上 38 人');
    await see(page, '加好了 38 人，已存到手机');
    await press(page, '看名册');
    await see(page, /39\s*人/);
  });

  it('without a network an activity is opened and the first roll is called', async () => {
    const { page } = secretary;
    await secretary.loseNetwork();
    await openPlace(page, '活动');
    await press(page, '开一个活动');
    await press(page, '开这个活动');
    await see(page, '已存到手机');
    await press(page, '点名');
    for (const name of PRESENT) await press(page, new RegExp(`^${name}，(还没点|记成)`));
    await see(page, came(3));
    await see(page, '还没点 36');
    await secretary.phone.relaunch(new URL(page.url()).pathname);
    await see(secretary.page, came(3));
  });

  it('with the network back the county holds the roster and the roll, each record once', async () => {
    await secretary.findNetwork();
    await expect.poll(() => unsentOn(secretary.page), SYNCED).toEqual([]);
    const counts = await county.rows<{ line: string }>(
      `select kind || ' ' || count(*) || ' ' || count(distinct id) as line from records
       where kind in ('member', 'role', 'consent', 'activity', 'check-in')
       group by kind order by kind`,
    );
    expect(counts.map(({ line }) => line)).toEqual([
      'activity 1 1',
      'check-in 3 3',
      'consent 1 1',
      'member 38 38',
      'role 1 1',
    ]);
    const present = await county.rows<{ name: string }>(
      `select m.body::jsonb #>> '{names,hans}' as name from records c
       join records m on m.subject = c.subject and m.kind = 'member'
       where c.kind = 'check-in' and c.body::jsonb ->> 'state' = 'present' order by m.n`,
    );
    expect(present.map(({ name }) => name)).toEqual(PRESENT);
  });

  it('27 in the hall, 4 线上 and 7 others are on the roll within 45 taps, and the roll says when to vote', async () => {
    const { page, phone } = secretary;
    await phone.goto('/activities/new');
    await page.getByLabel('开什么会').selectOption('members-meeting');
    await page.getByLabel('要表决').check();
    await press(page, '开这个活动');
    await press(page, '点名');
    await see(page, '再到 20 人可以表决');
    let taps = 0;
    const tap = async (what: string | RegExp) => {
      taps += 1;
      await press(page, what);
    };
    const call = async (names: readonly string[]) => {
      for (const name of names) await tap(new RegExp(`^${name}，(还没点|记成)`));
    };
    await call(NAMES.slice(0, 27));
    await see(page, came(27));
    await see(page, '可以表决：有表决权到 27，要 20');
    await tap('只看没点的');
    await tap('线上');
    await call(NAMES.slice(27, 31));
    await tap('请假');
    await call(NAMES.slice(31, 36));
    await tap('可不到会');
    await call(NAMES.slice(36));
    await see(page, /应到 39　线上 4　请假 5　可不到会 2　还没点 1/);
    await see(page, came(27));
    expect(NAMES).toHaveLength(38);
    expect(taps).toBeLessThanOrEqual(45);
  });

  it('the administrator pastes 300 branches, sees what is new, and finds one among its townships', async () => {
    const { page } = administrator;
    await administrator.phone.goto('/desk/branches');
    await page.getByLabel('支部名单').fill(BRANCHES.join('\n'));
    await see(page, '“云岭镇”里没有支部名称');
    await see(page, '县里已有的 1 个，不再加');
    await press(page, '加上 300 个支部');
    await see(page, '加好了 300 个支部，已存到手机');
    expect(await page.getByLabel('支部名单').inputValue()).toBe('云岭镇');
    await openPlace(page, '活动');
    await press(page, '支部和书记');
    const folds = (expanded: boolean) => page.getByRole('button', { expanded }).count();
    await expect.poll(() => folds(false), SYNCED).toBe(20);
    expect(await page.locator('main li').count()).toBeLessThan(10);
    await page.getByRole('button', { name: '云岭镇' }).click();
    await expect.poll(() => folds(true), SYNCED).toBe(1);
    await page.getByLabel('找支部').fill('SQCDZB');
    await see(page, '书记 周建华');
    await page.getByLabel('找支部').fill('石橋村');
    await press(page, /周建华/);
    await see(page, '再请一位书记');
    const scopes = `select count(*)::int as count from scopes where kind = 'branch'`;
    await expect.poll(() => county.rows(scopes), SYNCED).toEqual([{ count: 301 }]);
  });

  it('a member who is invited from that roster joins and is told the own name alone', async () => {
    await secretary.phone.goto('/desk');
    await secretary.page.getByRole('link', { name: NAMES[37] }).click();
    await press(secretary.page, '请他加入');
    await see(secretary.page, '已送到县里，可以用了');
    const text = await secretary.page.getByRole('main').innerText();
    await administrator.phone.goto(`/join#${/#([\w-]{43})/.exec(text)?.[1]}`);
    await see(administrator.page, `您是${NAMES[37]}吗？`);
  });
});
