/** A member reads and takes what is kept of them, has it put right and then erased, from a phone without a network. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCounty, type County } from './support/county.ts';
import {
  openHandset,
  openPlace,
  press,
  screenText,
  see,
  type,
  type Handset,
} from './support/handset.ts';
import { unsentOn } from './support/store.ts';

/** Of the demonstration county's first branch. */
const NAME = '万家发';
const OTHERS = ['周建华', '林秀英', '叶志明', '郑玉兰'];
const WRONG = '我在三组，不在一组';

const SYNCED = { timeout: 20_000, interval: 200 };

describe('my data', () => {
  let county: County;
  let member: Handset;
  let secretary: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    [member, secretary] = await Promise.all([openHandset(county.port), openHandset(county.port)]);
    await member.join(county.invitation('member', 2));
    await secretary.join(county.invitation('secretary', 0), ['desk']);
  });
  afterAll(async () => {
    await Promise.all([member.close(), secretary.close()]);
    await county.stop();
  });

  /** Presses the button and reads the file that the browser was given. */
  async function take(button: string): Promise<string> {
    const [download] = await Promise.all([
      member.page.waitForEvent('download'),
      press(member.page, button),
    ]);
    return readFileSync(await download.path(), 'utf8');
  }

  it('is on one page and in two files, with no network and with nobody else’s name', async () => {
    const { page } = member;
    await member.loseNetwork();
    await openPlace(page, '我的');
    await press(page, /^关于我的记录/);
    for (const words of [NAME, '第 1 版说明', '从来不记']) await see(page, words);
    const [readable, json] = [await take('存一份能看的'), await take('存一份给电脑用的')];
    const { records } = JSON.parse(json) as { records: { header: { kind: string } }[] };
    const kinds = records.map(({ header }) => header.kind);
    expect(kinds).toEqual(expect.arrayContaining(['member', 'consent']));
    for (const text of [await screenText(page), readable, json]) {
      expect(text).toContain(NAME);
      for (const other of OTHERS) expect(text).not.toContain(other);
    }
  });

  it('is put right by the secretary, whom the member asked with no network', async () => {
    const { page } = member;
    await press(page, /^记错了，请书记改/);
    await type(page, '哪里记错了，应该是什么', WRONG);
    await press(page, '交给书记');
    await see(page, '已存到手机');
    await member.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await secretary.phone.goto('/desk');
    await press(secretary.page, /^有人请您改记录/);
    await see(secretary.page, WRONG);
    await press(secretary.page, `${NAME}，请您改，办好了`);
    await see(secretary.page, '已办，本人看得到');
    await expect.poll(() => unsentOn(secretary.page), SYNCED).toEqual([]);
    await member.phone.goto('/me/data');
    await see(page, '书记已办');
  });

  it('is erased after both were told what it means, and the member reads that it is done', async () => {
    const { page } = member;
    await press(page, /^请书记抹去我的记录 ?先看清楚/);
    await see(page, '抹了就找不回来');
    await press(page, '请书记抹去');
    await see(page, '已存到手机');
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await secretary.phone.goto('/desk/requests');
    await press(secretary.page, `${NAME}，请您抹去他的记录，去抹`);
    await see(secretary.page, '这些会抹去');
    await press(secretary.page, '下一步');
    await see(secretary.page, /万家发\s+真的抹去他的记录吗？/);
    await press(secretary.page, '抹去');
    await press(secretary.page, '回名册');
    await see(secretary.page, OTHERS[0] ?? '');
    expect(await screenText(secretary.page)).not.toContain(NAME);
    await expect.poll(() => unsentOn(secretary.page), SYNCED).toEqual([]);
    await member.phone.goto('/me/data');
    await see(page, /请书记抹去我的记录[^]*书记已办/);
    expect(
      await county.rows('select id from records where body like $1 or body like $2', [
        `%${NAME}%`,
        `%${WRONG}%`,
      ]),
    ).toEqual([]);
  });
});
