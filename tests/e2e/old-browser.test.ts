/**
 * The oldest browsers that the app promises (Chrome and WebView 80, Safari 15). The bundler lowers
 * syntax and adds no library function: what came later is taken away here before anything loads, so
 * that a call of it, ours or a library's, ends the test.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCounty, type County } from './support/county.ts';
import { openHandset, openPlace, press, see, type, type Handset } from './support/handset.ts';
import { unsentOn } from './support/store.ts';

/** Library functions younger than Chrome 80 that are likely to be called. */
const YOUNGER = {
  Object: ['hasOwn', 'groupBy'],
  Promise: ['any', 'withResolvers', 'try'],
  Array: ['fromAsync'],
  AbortSignal: ['timeout', 'any', 'abort'],
  'Array.prototype': 'at findLast findLastIndex toReversed toSorted toSpliced with'.split(' '),
  'Uint8Array.prototype': 'at findLast findLastIndex toReversed toSorted with toHex toBase64'.split(
    ' ',
  ),
  'String.prototype': ['at', 'replaceAll', 'isWellFormed', 'toWellFormed'],
  'Set.prototype': ['union', 'intersection', 'difference', 'isSubsetOf'],
  'Crypto.prototype': ['randomUUID'],
  'Element.prototype': ['replaceChildren', 'checkVisibility'],
  window: ['structuredClone', 'WeakRef', 'FinalizationRegistry', 'AggregateError', 'reportError'],
};

const ROUTES = ['/', '/report', '/library', '/activities', '/me', '/desk', '/publish', '/study'];

describe('a browser of early 2020', () => {
  let county: County;
  let handset: Handset;
  const failures: string[] = [];

  beforeAll(async () => {
    county = await openCounty('demo');
    handset = await openHandset(county.port);
    await handset.phone.context.addInitScript((younger) => {
      for (const [path, names] of Object.entries(younger)) {
        const owner = path
          .split('.')
          .reduce(
            (held, part) => (part === 'window' ? held : (held as Record<string, object>)[part]!),
            window as object,
          );
        for (const name of names) Reflect.deleteProperty(owner, name);
      }
    }, YOUNGER);
    handset.page.on('pageerror', (error) => failures.push(error.message));
  });
  afterAll(async () => {
    await handset.close();
    await county.stop();
  });

  it('joins, records, sends, and opens every place', async () => {
    const { page, phone } = handset;
    await handset.join(county.invitation('secretary', 0), ['desk']);
    for (const route of ROUTES) {
      await phone.goto(route);
      await page.locator('main').waitFor();
    }
    await openPlace(page, '活动');
    await press(page, '开一个活动');
    await type(page, '名称', '主题党日');
    await type(page, '几点开始', '20:00');
    await press(page, '开这个活动');
    await see(page, '已存到手机');
    await expect.poll(() => unsentOn(page), { timeout: 20_000 }).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('sends at a tap what waits, before the phone notices a network by itself', async () => {
    const { page, phone, proxy } = handset;
    await handset.loseNetwork();
    await phone.goto('/study/add');
    await press(page, '存下');
    await openPlace(page, '我的');
    await expect.poll(() => unsentOn(page)).toHaveLength(1);
    await see(page, '等信号，有网自己送');
    // At once: the phone's own next try may be a moment away.
    await Promise.all([proxy.open(), page.getByRole('button', { name: '现在送' }).click()]);
    await see(page, '没有，都送到了');
    expect(await unsentOn(page)).toEqual([]);
    expect(await page.getByRole('button', { name: '现在送' }).count()).toBe(0);
  });
});
