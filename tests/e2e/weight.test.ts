import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '#tests/support/chromium.ts';
import { startServer } from '#tests/support/server.ts';
import { measureWeight } from '#tests/support/weight.ts';

const APP_DIR = fileURLToPath(new URL('../../dist/app', import.meta.url));

/** Bytes are minutes on these phones; the numbers are the product's limits. */
const LIMITS = { firstScreen: 110_000, shell: 260_000, shellFiles: 25, reportPack: 25_000 };

describe('what the app weighs', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let browser: Browser;
  beforeAll(async () => {
    server = await startServer({ seed: 'empty', appDir: APP_DIR });
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: [...chromiumArguments],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('F-03 nothing of the first screen waits for the sync engine', async () => {
    const weight = await measureWeight(APP_DIR);
    expect(weight.firstScreenFiles.filter((file) => /\/sync-/.test(file))).toEqual([]);
  });

  it.each(Object.entries(LIMITS))('%s is within %d', async (figure, limit) => {
    const weight = await measureWeight(APP_DIR);
    expect(weight[figure as keyof typeof LIMITS]).toBeGreaterThan(0);
    expect(weight[figure as keyof typeof LIMITS]).toBeLessThanOrEqual(limit);
  });

  it('the first screen needs no file that the weight leaves out', async () => {
    const { firstScreenFiles } = await measureWeight(APP_DIR);
    const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' });
    const page = await context.newPage();
    const asked: string[] = [];
    await page.route('**/assets/**', async (route) => {
      const file = new URL(route.request().url()).pathname.slice(1);
      asked.push(file);
      if (firstScreenFiles.includes(file)) await route.continue();
      else await route.abort();
    });
    await page.goto(server.url);
    await page.getByRole('navigation').getByText('今天').waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => page.locator('main').innerText()).not.toBe('');
    expect(asked.length).toBeGreaterThan(3);
    await context.close();
  });
});
