/** A member says ahead that they cannot come; invitations are made on a printed sheet. Both with no network. */
import { decodeQR } from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeadlessDevice } from '#tests/support/headless-device.ts';
import { readPng } from '#tests/support/png.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, openPlace, press, screenText, see, type Handset } from './support/handset.ts';
import { unsentOn } from './support/store.ts';

/** Of the demonstration county's first branch; the third who gets a printed invitation. */
const MEMBER = '万家发';
const SECRETARY = '周建华';
const SYNCED = { timeout: 20_000, interval: 200 };
/** A4 in the browser's own px. */
const A4 = { width: 794, height: 1123 };
const SLIPS_A_SHEET = 8;

describe('without a network', () => {
  let county: County;
  let member: Handset;
  let secretary: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    [member, secretary] = await Promise.all([openHandset(county.port), openHandset(county.port)]);
    await Promise.all([
      member.join(county.invitation('member', 2)),
      secretary.join(county.invitation('secretary', 0), ['desk']),
    ]);
  });
  afterAll(async () => {
    await Promise.all([member.close(), secretary.close()]);
    await county.stop();
  });

  it('「我去不了」 is kept on the phone, asks for no cause and can be taken back', async () => {
    const { page } = member;
    await member.loseNetwork();
    await openPlace(page, '活动');
    await press(page, /主题党日/);
    await press(page, '我去不了');
    await see(page, '您说了去不了');
    await see(page, '已存到手机');
    expect(await page.getByRole('textbox').count()).toBe(0);
    await press(page, '又能去了');
    await see(page, '我去不了');
    await press(page, '我去不了');
    await see(page, '您说了去不了');
    await member.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await see(page, '已送到县里');
  });

  it('stands in words in the roll, counts for nothing, and one tap makes it 请假', async () => {
    const { page, phone } = secretary;
    await secretary.findNetwork();
    await expect
      .poll(
        () =>
          county.rows<{ n: number }>(`select count(*) as n from records where kind = 'absence'`),
        SYNCED,
      )
      .toEqual([{ n: '3' }]);
    await phone.goto('/activities');
    await press(page, /主题党日/);
    await press(page, '点名');
    await see(page, '其他');
    await expect
      .poll(async () => {
        await page.reload();
        await see(page, '其他');
        return screenText(page);
      }, SYNCED)
      .toContain('说过去不了');
    expect(await screenText(page)).not.toMatch(/请假 \d/);
    await press(page, /，记请假$/);
    await see(page, /请假 1/);
    expect(await screenText(page)).not.toContain('说过去不了');
  });

  it('the roster comes with its names where the screen before has read them ahead', async () => {
    const { page, phone } = secretary;
    const comes = async () => {
      await phone.goto('/activities');
      await page.getByRole('link', { name: '名册' }).waitFor();
      await page.waitForTimeout(1_000);
      const first = page.evaluate(firstOf('/desk'));
      await press(page, '名册');
      return first;
    };
    await expect.poll(comes, SYNCED).toContain(SECRETARY); // on a busy machine not the first time
  });

  it('back from a name, the roster stands where it was left', async () => {
    const { page, phone } = secretary;
    await phone.goto('/desk');
    // Of a person: ids begin with the time.
    const last = page.locator('main li a[href^="/desk/0"]').last();
    await see(page, MEMBER);
    await last.scrollIntoViewIfNeeded();
    const place = await page.evaluate(() => scrollY);
    expect(place).toBeGreaterThan(0);
    await last.click();
    await see(page, '改名字');
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.getByRole('link', { name: '返回' }).click();
    await see(page, MEMBER);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(place);
  });

  it('a sheet of invitations is made, fits its paper, and each code opens for its person', async () => {
    const { page, phone } = secretary;
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    await secretary.loseNetwork();
    await phone.goto('/desk');
    await press(page, '打印邀请');
    await page.getByRole('button', { name: /^做 \d+ 张邀请$/ }).waitFor();
    expect(await screenText(page)).not.toContain(MEMBER);
    await press(page, /^做 \d+ 张邀请$/);
    await see(page, '码只在这一页上');
    const slips = page.getByRole('article');
    const made = await slips.count();
    expect(made).toBeGreaterThan(SLIPS_A_SHEET);
    expect(await unsentOn(page)).toHaveLength(made);

    await page.setViewportSize(A4);
    await page.emulateMedia({ media: 'print' });
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(
      Math.ceil(made / SLIPS_A_SHEET),
    );
    const spills = await slips.evaluateAll(
      (all) =>
        all.filter((one) => one.scrollWidth > one.clientWidth || one.clientHeight > 260).length,
    );
    expect(spills).toBe(0);
    const first = await slips.first().innerText();
    const link = codeIn(await slips.first().getByRole('img').screenshot());
    await page.emulateMedia({ media: 'screen' });
    await secretary.findNetwork();
    await expect.poll(() => unsentOn(page), SYNCED).toEqual([]);
    const server = `http://localhost:${county.port}`;
    const guest = await createHeadlessDevice({ server, invitation: link });
    const { names } = await guest.enrol();
    expect(first).toContain(names.hans);
    await guest.close();
  });
});

function codeIn(picture: Buffer): string {
  const { width, height, rgb } = readPng(picture);
  return decodeQR({ width, height, data: rgb });
}

/** What the screen at `path` says when it comes: before any frame of it. */
const firstOf = (path: string) => `new Promise((said) => {
  const main = document.querySelector('main');
  new MutationObserver(() => location.pathname === '${path}' && said(main.textContent))
    .observe(main, { childList: true, subtree: true });
})`;
