/**
 * `npm run screens`: pictures of every screen in both scripts (360×740) for docs/screens, and of the
 * ones that matter most on the smallest phone with text at double size and in the dark.
 * `-- --out DIR` writes elsewhere, `-- --only today,roll` takes a few, `-- --whole` whole pages.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { openDemoCounty } from '#tests/support/demo-county.ts';
import { screens } from '#tests/support/routes.ts';
import { smallPng } from '#tests/support/small-png.ts';
import { words, type Script } from '#tests/support/words.ts';

const MAIN = [
  'today',
  'join',
  'here',
  'roll',
  'close',
  'show',
  'report-chapter',
  'study',
  'me',
  'health',
];
const PHONE = { width: 360, height: 740 };
const SMALLEST = { width: 320, height: 568 };
/** Of the browser's own 16 px: 200 % of the app's 20 px. */
const DOUBLE_TEXT = '250%';

const { values } = parseArgs({
  options: { out: { type: 'string' }, only: { type: 'string' }, whole: { type: 'boolean' } },
});
const out = values.out ?? 'docs/screens';
const only = values.only?.split(',');
mkdirSync(out, { recursive: true });

const county = await openDemoCounty(process.env['APP_DIR']);
try {
  for (const screen of screens) {
    const page = await county.visit(screen);
    if (only && !only.includes(screen.name)) continue;
    for (const script of ['hans', 'hant'] as const) {
      await turnTo(page, script);
      await take(page, `${screen.name}-${script}-360`);
      if (MAIN.includes(screen.name)) await takeSpecial(page, `${screen.name}-${script}`);
    }
    await turnTo(page, 'hans');
  }
} finally {
  await county.close();
}

async function turnTo(page: Page, script: Script): Promise<void> {
  const lang = script === 'hans' ? 'zh-Hans' : 'zh-Hant-HK';
  if ((await page.locator('html').getAttribute('lang')) === lang) return;
  const before = script === 'hans' ? 'hant' : 'hans';
  await page
    .getByRole('button', {
      name: words(script === 'hans' ? 'app.toSimplified' : 'app.toTraditional', before),
    })
    .click();
  await page.locator(`html[lang=${lang}]`).waitFor();
}

async function takeSpecial(page: Page, name: string): Promise<void> {
  await page.setViewportSize(SMALLEST);
  await page.evaluate((size) => (document.documentElement.style.fontSize = size), DOUBLE_TEXT);
  await take(page, `${name}-320-double`);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, `${name}-360-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    // The ring of whatever was pressed last belongs to no screen.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo(0, 0);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  const png = await page.screenshot({ fullPage: values.whole === true });
  writeFileSync(join(out, `${name}.png`), smallPng(png));
}
