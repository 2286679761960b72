/** Two of a family on one phone: own screens, own records, a curtain, and everything sent in the end. */
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

const GRANDFATHER = { name: '黄国强', minutes: 25 };
const GRANDMOTHER = { name: '阿依古丽·买买提江', minutes: 40 };
const DIGITS = '2468';

const SYNCED = { timeout: 20_000, interval: 200 };

describe('a family’s phone', () => {
  let county: County;
  let phone: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    phone = await openHandset(county.port);
    await phone.join(county.invitation('member', 0));
  });
  afterAll(async () => {
    await phone.close();
    await county.stop();
  });

  const study = async ({ minutes }: { minutes: number }, digits?: string) => {
    await phone.phone.goto('/study/add');
    if (digits) await openDigits(digits);
    await type(phone.page, '也可以直接输几分钟', String(minutes));
    await press(phone.page, '存下');
    await see(phone.page, `记下了 ${minutes} 分钟`);
  };
  const openDigits = (digits: string) => type(phone.page, '请输四位数', digits);

  it('takes a second person by an invitation, also behind a curtain that the first has drawn', async () => {
    const { page } = phone;
    await phone.phone.goto('/me/people');
    await see(page, '正在用');
    await see(page, '只是挡一挡，不是锁');
    await type(page, '定一个四位数', '24');
    await press(page, '打开前要四位数');
    await see(page, '请输满四个数字');
    await type(page, '定一个四位数', DIGITS);
    await press(page, '打开前要四位数');
    await see(page, '已经要四位数了');
    await phone.phone.goto(`/join#${county.invitation('member', 1)}`);
    await press(page, '是我，同意加入');
    await see(page, '好了。点右上角，收藏');
    await openPlace(page, '我的');
    await see(page, GRANDMOTHER.name);
    expect(await screenText(page)).not.toContain(GRANDFATHER.name);
  });

  it('changes who is on the screen with no network, and asks for the digits', async () => {
    const { page } = phone;
    await phone.loseNetwork();
    await study(GRANDMOTHER);
    await phone.phone.goto('/me/people');
    await press(page, `换成${GRANDFATHER.name}`);
    await see(page, `${GRANDFATHER.name}的页面`);
    await openDigits('1111');
    await see(page, '不对，请再输一次');
    await openDigits(DIGITS);
    await see(page, '开始学');
    await study(GRANDFATHER, DIGITS);
    await phone.phone.goto('/me/records');
    await openDigits(DIGITS);
    await see(page, `${GRANDFATHER.minutes} 分钟`);
    const shown = await screenText(page);
    expect(shown).not.toContain(`${GRANDMOTHER.minutes} 分钟`);
    expect(shown).not.toContain(GRANDMOTHER.name);
  });

  it('asks again after a killed phone, and lets the other one past it', async () => {
    await phone.phone.relaunch('/me/records');
    await see(phone.page, `${GRANDFATHER.name}的页面`);
    expect(await screenText(phone.page)).not.toContain('分钟');
    await phone.page.getByRole('button', { name: `换成${GRANDMOTHER.name}` }).click();
    await see(phone.page, `${GRANDMOTHER.minutes} 分钟`);
    expect(await screenText(phone.page)).not.toContain(`${GRANDFATHER.minutes} 分钟`);
  });

  it('sends what both of them wrote, whoever is on the screen', async () => {
    await phone.findNetwork();
    await expect.poll(() => unsentOn(phone.page), SYNCED).toEqual([]);
    const sql = `select count(distinct scope)::int as people from records where kind = 'self'`;
    expect(await county.rows(sql)).toEqual([{ people: 2 }]);
  });
});
