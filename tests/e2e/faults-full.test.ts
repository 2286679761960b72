/** Years of records on a slow phone. How long it takes is measured by `bench save`; here: that nothing waits for them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { civilDay } from '#domain/civil-day.ts';
import { times } from '#tests/support/long.ts';
import { openCounty, type County } from './support/county.ts';
import { fillPhone } from './support/full-phone.ts';
import { openHandset, press, see, type Handset } from './support/handset.ts';
import { brokenRows, unsentOn, writtenOn } from './support/store.ts';

const ROWS = times(1_000, 5_000);
const SLOWER = 6;

describe('a phone with years on it', () => {
  let county: County;
  let handset: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    handset = await openHandset(county.port);
    await handset.join(county.invitation('member', 0));
    await fillPhone(handset, { what: 'study', rows: ROWS });
    await handset.loseNetwork();
  });
  afterAll(async () => {
    await handset.close();
    await county.stop();
  });

  it('D-17 the first screen is there before they are read, tells them afterwards, and the next record is saved', async () => {
    const { page, phone } = handset;
    const held = (await writtenOn(page)).length;
    const session = await phone.context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await phone.context.addInitScript(noteOrder);
    await phone.goto('/');
    // Study lies on every day of the last year: on all days of this month until today.
    await see(page, `本月学了 ${Number(civilDay(Date.now()).slice(8))} 天`);
    expect(await page.evaluate('window.firstScreenBeforeYears')).toBe(true);
    await phone.goto('/study/add');
    await press(page, '存下');
    await see(page, '已存到手机');
    expect(await writtenOn(page)).toHaveLength(held + 1);
    expect(await unsentOn(page)).toHaveLength(1);
    expect(await brokenRows(page)).toEqual([]);
  });
});

/** Runs in the page: whether the first screen's last line was there while nothing was known of the years. */
function noteOrder(): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.today-end')) return;
    const before = document.querySelector('.today-days') === null;
    Object.assign(window, { firstScreenBeforeYears: before });
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
