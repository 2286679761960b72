import { expect, it } from 'vitest';
import { press, screenText, see, type } from '#tests/e2e/support/handset.ts';
import { unsentOn } from '#tests/e2e/support/store.ts';
import { DIGITS, GRANDFATHER, GRANDMOTHER, HEIR, SYNCED, type Cast } from './cast.ts';

/** The second week: the grandfather has another phone, and the old one lies at his daughter's. */
export function lostPhone(cast: () => Cast): void {
  let number: string;

  it('the secretary is asked whether it is them who joined, and answers for good', async () => {
    const { page, phone } = cast().secretary;
    await phone.goto('/desk');
    await press(page, new RegExp(`${GRANDFATHER}.*已加入，是他吗？`));
    await see(page, '是他，就不用管了');
    await press(page, '是他');
    await page.getByText('是他，就不用管了').waitFor({ state: 'detached' });
    await phone.goto('/desk');
    // another joined too: where that is asked, all that is asked is on the screen
    await see(page, new RegExp(`${HEIR}.*是他吗`));
    expect(await screenText(page)).not.toMatch(new RegExp(`${GRANDFATHER}.*是他吗`));
  });

  it('an empty phone asks by the used invitation, and shows a number and nobody’s name', async () => {
    const { county, found } = cast();
    const { page, phone } = found;
    await phone.goto(`/join#${county.invitation('member', 0)}`);
    await see(page, '这张邀请已经用过了');
    await see(page, '只有旧手机打得开');
    await press(page, '请书记重新加我');
    await see(page, '打电话给书记，把这个数念给他听');
    const shown = await screenText(page);
    expect(shown).not.toContain(GRANDFATHER);
    number = /\d{3}\s*\d{3}/.exec(shown)?.[0].replace(/\s/g, '') ?? '';
    expect(number).toMatch(/^\d{6}$/);
    await phone.goto('/me');
    await see(page, `给书记念的数：${number}`);
  });

  it('the secretary sees the same number and lets it in, with no network', async () => {
    const { secretary } = cast();
    const { page, phone } = secretary;
    await phone.goto('/activities');
    await phone.goto('/desk');
    await see(page, /黄国强.*换了手机，请您重新加/);
    await secretary.loseNetwork();
    await press(page, /黄国强.*换了手机/);
    await see(page, new RegExp(`${number.slice(0, 3)}\\s*${number.slice(3)}`));
    await press(page, '是他，加上');
    await see(page, '送到县里以后');
    await secretary.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await see(page, /加上了，黄国强.*的手机自己就打开/);
  });

  it('the waiting phone opens by itself, with what was sent and the word about the rest', async () => {
    const { page, phone } = cast().found;
    await phone.goto('/me');
    await see(page, GRANDFATHER);
    await see(page, '没有，都送到了');
    await phone.goto('/me/records');
    await see(page, '旧手机上自己学习的记录加了密，要用恢复卡才打得开');
    await phone.goto('/me/devices');
    await see(page, '这部手机');
    await see(page, '已停用');
  });

  it('the old one hands in what was written since, keeps it for him, and nothing happens to her', async () => {
    const { household } = cast();
    const { page, phone } = household;
    await household.loseNetwork();
    await phone.goto('/me/people');
    await press(page, `换成${GRANDFATHER}`);
    await type(page, '请输四位数', DIGITS);
    await phone.goto('/study/add');
    await type(page, '请输四位数', DIGITS);
    await press(page, '存下');
    await see(page, '已存到手机');
    await household.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await phone.goto('/me');
    await type(page, '请输四位数', DIGITS);
    await see(page, '这部手机已经停用');
    await phone.goto('/me/records');
    await type(page, '请输四位数', DIGITS);
    await see(page, '分钟');
    await phone.goto('/me/people');
    await type(page, '请输四位数', DIGITS);
    await press(page, `换成${GRANDMOTHER}`);
    await see(page, '接着学');
    await phone.goto('/activities');
    await see(page, '主题党日');
  });
}
