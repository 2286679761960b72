import { expect, it } from 'vitest';
import { press, screenText, see } from '#tests/e2e/support/handset.ts';
import { personOn, unsentOn } from '#tests/e2e/support/store.ts';
import { GRANDFATHER, openPerson, SYNCED, type Cast } from './cast.ts';

/** The end of the month: one is 不再列入, one ends a phone of their own. */
export function leave(cast: () => Cast): void {
  it('不再列入 asks for a day and no reason, with no network', async () => {
    const { heir } = cast();
    const { page } = heir;
    await heir.loseNetwork();
    await openPerson(heir, `${GRANDFATHER}.*一组`);
    await press(page, /身份、状态/);
    await page.getByLabel(/^不再列入/).check();
    expect(await page.getByRole('main').getByRole('textbox').count()).toBeLessThanOrEqual(1);
    await press(page, '存上');
    await expect.poll(() => unsentOn(page), SYNCED).not.toEqual([]);
    await see(page, '不再列入');
    await heir.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
  });

  it('takes the branch’s meetings off the phone that left, and no line about oneself', async () => {
    const { page, phone } = cast().found;
    await phone.goto('/activities');
    await expect
      .poll(async () => {
        await page.reload();
        await see(page, '活动');
        return screenText(page);
      }, SYNCED)
      .not.toContain('主题党日');
    await phone.goto('/me/data');
    await see(page, GRANDFATHER);
    await see(page, '不再列入');
  });

  it('a phone in the hand is ended only after it is said what that means', async () => {
    const { county, secretary } = cast();
    const { page, phone } = secretary;
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
}
