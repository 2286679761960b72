import { expect, it } from 'vitest';
import { press, screenText, see, type } from '#tests/e2e/support/handset.ts';
import { unsentOn } from '#tests/e2e/support/store.ts';
import { GRANDMOTHER, openPerson, SYNCED, THIRD, type Cast } from './cast.ts';

/** The second branch's own meeting. */
const THERE = '江边党课';

/** After a fortnight the grandmother moves to her son's village, in another branch; nobody has a signal. */
export function transfer(cast: () => Cast): void {
  let link: string;

  it('the old secretary lets her go with no network, and has a code for the new one', async () => {
    const { secretary } = cast();
    const { page } = secretary;
    await secretary.loseNetwork();
    await openPerson(secretary, GRANDMOTHER);
    await press(page, /^转出/);
    await press(page, '转出');
    await see(page, '已转出，等那边接收');
    await secretary.phone.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await press(page, '复制链接');
    await see(page, '已复制');
    link = await page.evaluate(() => navigator.clipboard.readText());
    await secretary.phone.goto('/desk');
    await see(page, '13');
    await see(page, '不再列入');
  });

  it('the new secretary takes her over with no network, and sees nothing of before', async () => {
    const { neighbour } = cast();
    const { page, phone } = neighbour;
    await neighbour.loseNetwork();
    await phone.goto(new URL(link).pathname + new URL(link).hash);
    await see(page, GRANDMOTHER);
    await press(page, /^接收到临江村/);
    await see(page, '身份、状态');
    await phone.goto('/desk');
    await see(page, '7');
    const shown = await screenText(page);
    expect(shown).toContain(GRANDMOTHER);
    for (const name of THIRD) expect(shown).not.toContain(name);
  });

  it('and when the signal is back her phone has the new branch’s meetings and not the old one’s', async () => {
    const { household, neighbour, secretary } = cast();
    await household.loseNetwork();
    for (const desk of [neighbour, secretary]) {
      await desk.findNetwork();
      await expect.poll(() => unsentOn(desk.page), SYNCED).toEqual([]);
    }
    await neighbour.phone.goto('/activities/new');
    await type(neighbour.page, '名称', THERE);
    await press(neighbour.page, '开这个活动');
    await expect.poll(() => unsentOn(neighbour.page), SYNCED).toEqual([]);
    await household.findNetwork();
    await household.phone.goto('/activities');
    await see(household.page, THERE);
    // Each branch has one of that name today.
    expect((await screenText(household.page)).match(/主题党日/g)).toHaveLength(1);
  });
}
