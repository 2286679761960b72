import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDemoCounty, type DemoCounty } from '#tests/support/demo-county.ts';
import {
  axeOffences,
  contrastOffences,
  gateOffences,
  sidewaysOffences,
  SMALL_SCREEN,
  weakPolicy,
} from '#tests/support/gates.ts';
import { isLong } from '#tests/support/long.ts';
import { screens } from '#tests/support/routes.ts';
import { KEY_ON_SCREEN, words } from '#tests/support/words.ts';

/** The larger of the two sizes of H-01. */
const SCREEN = { width: 360, height: 740 };

/** H-01, H-02, H-03, X-13 on the built app and the real server: every route, every state of routes.ts. */
describe('every screen', () => {
  let county: DemoCounty;

  beforeAll(async () => {
    county = await openDemoCounty(process.env['APP_DIR']);
  });
  afterAll(() => county.close());

  it.each(screens)(
    'H-01, H-02 and H-03 hold on $name, light and dark, in both scripts',
    async (screen) => {
      const page = await county.visit(screen);
      expect.soft(await languageOffences(page, 'zh-Hans')).toEqual([]);
      // In the short form axe looks at the small screen alone.
      expect.soft(await gateOffences(page, { axe: isLong, sideways: false })).toEqual([]);

      await page.emulateMedia({ colorScheme: 'dark' });
      expect.soft(await contrastOffences(page), 'dark').toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });

      await page.setViewportSize(SMALL_SCREEN);
      expect.soft(await sidewaysOffences(page), 'sideways').toEqual([]);
      await page.getByRole('button', { name: words('app.toTraditional') }).click();
      await page.locator('html[lang=zh-Hant-HK]').waitFor();
      expect.soft(await languageOffences(page, 'zh-Hant-HK')).toEqual([]);
      expect.soft(await sidewaysOffences(page), 'traditional').toEqual([]);
      expect.soft(await axeOffences(page), 'small').toEqual([]);
      expect.soft(await contrastOffences(page), 'small').toEqual([]);
      await page.setViewportSize(SCREEN);
      await page.getByRole('button', { name: words('app.toSimplified', 'hant') }).click();
      await page.locator('html[lang=zh-Hans]').waitFor();
    },
  );

  it('X-13 the walk over all routes, in both scripts and with the QR worker, breaks no policy', async () => {
    const answer = await fetch(county.url);
    expect(weakPolicy(answer.headers.get('content-security-policy') ?? undefined)).toEqual([]);
    expect(county.cspOffences()).toEqual([]);
  });
});

/** The language that the page says it has, and keys that stand where their texts should. */
async function languageOffences(page: Page, language: string): Promise<string[]> {
  const { lang, title, texts } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    texts: [
      document.body.innerText,
      ...[...document.querySelectorAll('[aria-label]')].map(
        (one) => one.getAttribute('aria-label') ?? '',
      ),
    ],
  }));
  const keys = [title, ...texts].flatMap((text) => KEY_ON_SCREEN.exec(text)?.[0] ?? []);
  return [...(lang === language ? [] : [`the language is ${lang}`]), ...new Set(keys)];
}
