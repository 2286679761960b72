/** A secretary hands the branch over with both phones offline; what an old phone still brings waits for a tap. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, openPlace, press, screenText, see, type Handset } from './support/handset.ts';
import { unsentOn } from './support/store.ts';

/** People of the demonstration county's first branch. */
const HEIR = '万家发';
const DEPUTY = '郑玉兰';
const NAMES = ['周建华', '林秀英', '叶志明', '余干'];
const LATE = { type: 'lecture', title: '老校长讲村史', starts: Date.now() - 86_400_000 };

const SYNCED = { timeout: 20_000, interval: 200 };

describe('a handover', () => {
  let county: County;
  let secretary: Handset;
  let heir: Handset;
  let deputy: HeadlessDevice;

  beforeAll(async () => {
    county = await openCounty('demo');
    const server = `http://localhost:${county.port}`;
    deputy = await createHeadlessDevice({ server, invitation: county.invitation('secretary', 1) });
    [secretary, heir] = await Promise.all([openHandset(county.port), openHandset(county.port)]);
    await Promise.all([heir.join(county.invitation('member', 2)), deputy.enrol()]);
    // Whose first fetch brings that the heir has joined.
    await secretary.join(county.invitation('secretary', 0), ['desk']);
    await deputy.sync();
  });
  afterAll(async () => {
    await Promise.all([secretary.close(), heir.close(), deputy.close()]);
    await county.stop();
  });

  it('is made with no network, by a choice that is never made for anybody', async () => {
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
    await heir.phone.goto('/desk');
    await see(heir.page, '这里给管名册的人用');
    await secretary.findNetwork();
    await expect.poll(() => unsentOn(secretary.page), SYNCED).toEqual([]);
    await secretary.phone.goto('/desk');
    await see(secretary.page, '这里给管名册的人用');
    const left = await screenText(secretary.page);
    for (const name of NAMES.slice(1)) expect(left).not.toContain(name);
    await heir.findNetwork();
    await heir.phone.goto('/desk');
    await see(heir.page, '14');
    const arrived = await screenText(heir.page);
    for (const name of NAMES) expect(arrived).toContain(name);
  });

  it('goes on: the new secretary ends a role of the committee with no network', async () => {
    await deputy.record('activity', LATE);
    await heir.loseNetwork();
    const { page } = heir;
    await openPerson(heir, DEPUTY);
    await see(page, '委员');
    await press(page, /职务、交接/);
    await page.getByLabel(/^没有职务/).check();
    await press(page, '存上');
    await see(page, '没有职务');
    await heir.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
  });

  it('what comes after the end waits, counts by one tap, and is said so on every phone', async () => {
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

  async function openPerson({ phone, page }: Handset, name: string): Promise<void> {
    await phone.goto('/desk');
    // The row on the roster; above it the desk is asked about who has joined.
    await press(page, new RegExp(`^${name}(?!已加入|换了)`));
  }
});
