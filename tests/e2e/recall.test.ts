/** The second copy of the token in a real browser, over TLS: everything is cleared but cookies. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPhone, type Phone } from '#tests/support/phone.ts';
import { openCounty, type County } from './support/county.ts';
import { press, see } from './support/handset.ts';
import { personOn, unsentOn, writtenOn } from './support/store.ts';

/** Made for tests; it guards nothing. */
const pem = (part: 'cert' | 'key') =>
  fileURLToPath(new URL(`../fixtures/tls/localhost-${part}.pem`, import.meta.url));
let county: County;
let phone: Phone;

beforeAll(async () => {
  county = await openCounty('demo', { TLS_CERT: pem('cert'), TLS_KEY: pem('key') });
  phone = await openPhone({
    url: `https://localhost:${county.port}`,
    extraArguments: ['--ignore-certificate-errors'],
  });
});
afterAll(async () => {
  await phone.close();
  await county.stop();
});

/** What Safari does after seven days, and a cleaning app at once: all that scripts stored is gone. */
async function clearAllButCookies(): Promise<void> {
  await phone.page.goto('about:blank');
  const session = await phone.context.newCDPSession(phone.page);
  await session.send('Storage.clearDataForOrigin', {
    origin: phone.origin,
    storageTypes: 'indexeddb,local_storage,cache_storage,service_workers',
  });
  await session.detach();
}

it('D-15 brings the person and what was sent back, and counts on where the device had come to', async () => {
  const { page } = phone;
  await phone.goto(`/join#${county.invitation('member', 0)}`);
  await press(page, '是我，同意加入');
  await see(page, '好了。点右上角，收藏');
  await phone.goto('/study/add');
  await press(page, '存下');
  await see(page, '已存到手机');
  await expect.poll(async () => (await unsentOn(page)).length, { timeout: 20_000 }).toBe(0);
  const before = await personOn(page);
  const written = await writtenOn(page);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await phone.goto('/me/card');
  await press(page, '打开恢复卡');
  const card = await page.locator('.card-text').innerText();

  await clearAllButCookies();
  await phone.goto('/me');
  await see(page, '这部手机上存的东西被清掉过');
  await see(page, '没有，都送到了');
  const after = await personOn(page);
  expect([after.person, after.device]).toEqual([before.person, before.device]);
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();
  await expect
    .poll(async () => ids(await writtenOn(page)), { timeout: 20_000 })
    .toEqual(ids(written));

  await phone.goto('/study/add');
  await press(page, '存下');
  await see(page, '已存到手机');
  await expect.poll(async () => (await unsentOn(page)).length, { timeout: 20_000 }).toBe(0);

  await phone.goto('/study/month');
  await see(page, '有 1 条自己的学习，这部手机打不开。');
  await press(page, '用恢复卡找回');
  await page.getByLabel('卡上的字').fill(card.slice(1));
  await press(page, '找回');
  await see(page, '还没输完：卡上一共 56 个字。');
  // As a code that was scanned brings it: the card is in the field and no longer in the address.
  await phone.goto(`/me/card#${card.replace(/\s/g, '')}`);
  await expect.poll(() => page.url()).not.toContain('#');
  await press(page, '找回');
  await see(page, '找回了 1 条');
  await expect.poll(async () => (await unsentOn(page)).length, { timeout: 20_000 }).toBe(0);
  const rows = await county.rows<{ seq: number }>(
    'select seq::int from records where device = $1 order by seq',
    [before.device],
  );
  // Agreed, studied twice, and told each of its keys under the other.
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
});
