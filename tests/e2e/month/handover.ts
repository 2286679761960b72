import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openPlace, press, screenText, see } from '#tests/e2e/support/handset.ts';
import { unsentOn } from '#tests/e2e/support/store.ts';
import { DEPUTY, HEIR, openPerson, SYNCED, THIRD, type Cast } from './cast.ts';

/** Yesterday's lecture, written by a committee member whose role ended before it arrived. */
const LATE = { type: 'lecture', title: '老校长讲村史', starts: Date.now() - 86_400_000 };

/** The third week: the branch goes to another secretary, with both phones offline. */
export function handover(cast: () => Cast): void {
  it('is made with no network, by a choice that is never made for anybody', async () => {
    const { secretary } = cast();
    const { page } = secretary;
    await secretary.loseNetwork();
    await openPerson(secretary, HEIR);
    await press(page, /职务、交接/);
    await page.getByLabel(/^书记/).check();
    await press(page, '存上');
    await see(page, '请选您自己还当不当书记');
    await page.getByLabel(/^交给他，我不当了/).check();
    await press(page, '存上');
    await see(page, '交接好了，已存到手机');
    expect(await unsentOn(page)).toHaveLength(2);
  });

  it('reaches the new secretary’s phone with the roster, and then leaves the old one', async () => {
    const { secretary, heir } = cast();
    await heir.phone.goto('/desk');
    await see(heir.page, '这里给管名册的人用');
    await secretary.findNetwork();
    await expect.poll(() => unsentOn(secretary.page), SYNCED).toEqual([]);
    await secretary.phone.goto('/desk');
    await see(secretary.page, '这里给管名册的人用');
    const left = await screenText(secretary.page);
    for (const name of THIRD.slice(1)) expect(left).not.toContain(name);
    await heir.findNetwork();
    await heir.phone.goto('/desk');
    await see(heir.page, '13');
    const arrived = await screenText(heir.page);
    for (const name of THIRD) expect(arrived).toContain(name);
  });

  it('goes on: the new secretary ends a role of the committee with no network', async () => {
    const { deputy, heir } = cast();
    await deputy.record('activity', LATE);
    await heir.loseNetwork();
    const { page } = heir;
    await openPerson(heir, DEPUTY);
    await see(page, '委员');
    await press(page, /职务、交接/);
    await page.getByLabel(/^没有职务/).check();
    await press(page, '存上');
    await expect.poll(() => unsentOn(page), SYNCED).not.toEqual([]);
    await see(page, '没有职务');
    await heir.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
  });

  it('what comes after the end waits, counts by one tap, and is said so on every phone', async () => {
    const { deputy, heir } = cast();
    await deputy.sync();
    const { page } = heir;
    await heir.phone.goto('/desk');
    await see(page, '有 1 条，请您看一眼');
    await press(page, /待核对/);
    await see(page, LATE.title);
    await see(page, '记的人那时已经不管名册');
    await heir.loseNetwork();
    await press(page, `${LATE.title}，算数`);
    await see(page, '算数了');
    await openPlace(page, '活动');
    await see(page, LATE.title);
    expect(await screenText(page)).not.toContain('待核对');
    await heir.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await deputy.sync();
    const own = (await deputy.records()).filter(({ state }) => state === 'sent');
    expect(own.find(({ kind }) => kind === 'activity')).toMatchObject({
      body: LATE,
      confirm: null,
    });
  });

  it('the roster becomes a workbook with no network, and whoever is on it reads that it did', async () => {
    const { found, heir } = cast();
    const { page } = heir;
    await heir.loseNetwork();
    await heir.phone.goto('/desk');
    await press(page, '导出名册');
    const download = page.waitForEvent('download');
    await press(page, '存成 Excel 表格');
    const [first, second] = readFileSync(await (await download).path()).toString('latin1');
    expect([first, second]).toEqual(['P', 'K']); // a zip
    await see(page, '表做好了');
    await heir.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await found.phone.goto('/me/data');
    await see(found.page, '支部把名册存成了文件，13 人');
  });
}
