/**
 * Renders the app's icons from their two drawings: `npx tsx scripts/icons.ts`.
 * Needs a Chromium (CHROMIUM_PATH, else the system's). The PNGs are checked in; run it after a change.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { findChromium } from '#tests/support/chromium.ts';

const FOLDER = new URL('../public/icons/', import.meta.url);

/** Apple rounds the corners itself and shows transparency as black, so it gets the full-bleed drawing. */
const ICONS = [
  { from: 'icon.svg', to: 'icon-192.png', size: 192 },
  { from: 'icon.svg', to: 'icon-512.png', size: 512 },
  { from: 'icon-maskable.svg', to: 'maskable-192.png', size: 192 },
  { from: 'icon-maskable.svg', to: 'maskable-512.png', size: 512 },
  { from: 'icon-maskable.svg', to: 'apple-touch-icon.png', size: 180 },
] as const;

const browser = await chromium.launch({
  executablePath: findChromium({ whole: true }),
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const icon of ICONS) await render(page, icon);
await browser.close();

async function render(page: Page, icon: (typeof ICONS)[number]): Promise<void> {
  const drawing = await readFile(new URL(icon.from, FOLDER), 'utf8');
  await page.setViewportSize({ width: icon.size, height: icon.size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${drawing}`);
  const png = await page.screenshot({ omitBackground: true });
  await writeFile(fileURLToPath(new URL(icon.to, FOLDER)), png);
}
