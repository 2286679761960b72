import { expect, it } from 'vitest';
import {
  openPlace,
  press,
  screenText,
  see,
  type,
  type Handset,
} from '#tests/e2e/support/handset.ts';
import { unsentOn } from '#tests/e2e/support/store.ts';
import { DIGITS, GRANDFATHER, GRANDMOTHER, SYNCED, type Cast } from './cast.ts';

const HIS_MINUTES = 25;
const HER_MINUTES = 40;

/** The first week: two of a family on one phone, own screens, own records, a curtain. */
export function familyPhone(cast: () => Cast): void {
  it('one phone takes a second person, also behind a curtain that the first has drawn', async () => {
    const { household, county } = cast();
    const { page, phone } = household;
    await phone.goto('/me/people');
    await see(page, '正在用');
    await see(page, '只是挡一挡，不是锁');
    await type(page, '定一个四位数', '24');
    await press(page, '打开前要四位数');
    await see(page, '请输满四个数字');
    await type(page, '定一个四位数', DIGITS);
    await press(page, '打开前要四位数');
    await see(page, '已经要四位数了');
    // Somebody else's link first, then hers in the same tab: only what is behind the # is another.
    await phone.goto(`/join#${county.invitation('member', 3)}`);
    await see(page, /您是.+吗/);
    await phone.goto(`/join#${county.invitation('member', 1)}`);
    await see(page, `您是${GRANDMOTHER}吗`);
    await press(page, '是我，同意加入');
    await see(page, '好了。点右上角，收藏');
    await openPlace(page, '我的');
    await see(page, GRANDMOTHER);
    expect(await screenText(page)).not.toContain(GRANDFATHER);
  });

  it('changes who is on the screen with no network, and asks for the digits', async () => {
    const { household } = cast();
    const { page, phone } = household;
    await household.loseNetwork();
    await study(household, HER_MINUTES);
    await phone.goto('/me/people');
    await press(page, `换成${GRANDFATHER}`);
    await see(page, `${GRANDFATHER}的页面`);
    await openDigits(household, '1111');
    await see(page, '不对，请再输一次');
    await openDigits(household, DIGITS);
    await see(page, '开始学');
    await study(household, HIS_MINUTES, DIGITS);
    await phone.goto('/me/records');
    await openDigits(household, DIGITS);
    await see(page, `${HIS_MINUTES} 分钟`);
    const shown = await screenText(page);
    expect(shown).not.toContain(`${HER_MINUTES} 分钟`);
    expect(shown).not.toContain(GRANDMOTHER);
  });

  it('asks again after a killed phone, lets the other one past it, and sends what both wrote', async () => {
    const { household, county } = cast();
    await household.phone.relaunch('/me/records');
    await see(household.page, `${GRANDFATHER}的页面`);
    expect(await screenText(household.page)).not.toContain('分钟');
    await household.page.getByRole('button', { name: `换成${GRANDMOTHER}` }).click();
    await see(household.page, `${HER_MINUTES} 分钟`);
    expect(await screenText(household.page)).not.toContain(`${HIS_MINUTES} 分钟`);
    await household.findNetwork();
    await expect.poll(() => unsentOn(household.page), SYNCED).toEqual([]);
    const sql = `select count(distinct scope)::int as people from records where kind = 'self'`;
    await expect.poll(() => county.rows(sql), SYNCED).toEqual([{ people: 2 }]);
  });
}

async function study({ phone, page }: Handset, minutes: number, digits?: string): Promise<void> {
  await phone.goto('/study/add');
  if (digits) await openDigits({ page }, digits);
  await type(page, '也可以直接输几分钟', String(minutes));
  await press(page, '存下');
  await see(page, `记下了 ${minutes} 分钟`);
}

const openDigits = ({ page }: Pick<Handset, 'page'>, digits: string) =>
  type(page, '请输四位数', digits);
