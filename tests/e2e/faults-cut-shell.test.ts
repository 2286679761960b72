/** The line cut while the shell is on its way: a worker that says it is ready has all of it, and the next start goes on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '#tests/support/chromium.ts';
import { isLong } from '#tests/support/long.ts';
import { DIST, openCounty, type County } from './support/county.ts';
import { openFront, type Front } from './support/front.ts';
import { see } from './support/handset.ts';
import { keptFiles, watchWorkers, workerReady } from './support/worker.ts';

const WORKER = '/sw.js';
/** Of the county's server, without the app. */
const PLAIN_PAGE = '/healthz';
const SOON = { timeout: 20_000 };

describe('the line cut while the shell is on its way', () => {
  const shell = shellFiles();
  let county: County;
  let front: Front;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    county = await openCounty('demo');
    front = await openFront(county.port);
    browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
  });
  afterEach(async () => {
    front.rule = () => 'pass';
    await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await front.close();
    await county.stop();
  });

  it.each(cutsOf(shell.length))('P-01 after %i files of it', async (count) => {
    context = await browser.newContext();
    const page = await context.newPage();
    const workers = await watchWorkers(page);
    const given = cutAfter(front, shell, count);
    await page.goto(urlOf(front, '/')).catch(() => undefined); // its own files may be among the lost ones
    await expect.poll(() => given().cut || workers().includes('activated'), SOON).toBe(true);
    // A worker that got its own file ends one way or the other; one that did not never began.
    if (given().worker) await expect.poll(workers, SOON).toContain(ended(workers));
    const kept = await keptNow(front, page);
    if (workers().includes('activated')) expect(kept).toEqual(expect.arrayContaining(shell));

    front.rule = () => 'pass';
    front.forget();
    await page.goto(urlOf(front, '/'));
    await workerReady(page);
    expect(await keptFiles(page)).toEqual(expect.arrayContaining(shell));
    expect(front.asked.filter((path) => isHashed(path) && kept.includes(path))).toEqual([]);
    front.rule = () => 'cut';
    await page.goto(urlOf(front, '/'));
    await see(page, '县里的报告');
  });
});

/** All numbers of files, or the first, the middle and the last but one. */
function cutsOf(files: number): number[] {
  if (isLong) return Array.from({ length: files }, (_, k) => k);
  return [1, Math.floor(files / 2), files - 1];
}

/** Lets `count` files of the shell pass, and nothing at all after them. */
function cutAfter(front: Front, shell: readonly string[], count: number) {
  const passed = new Set<string>();
  let cut = false;
  front.rule = (path) => {
    const file = path === '/' ? '/index.html' : path;
    cut ||= shell.includes(file) && !passed.has(file) && passed.size >= count;
    if (!cut) passed.add(file);
    return cut ? 'cut' : 'pass';
  };
  return () => ({ cut, worker: passed.has(WORKER) });
}

/** What the caches hold, seen from a page of the site that is not the app. */
async function keptNow(front: Front, page: Page): Promise<string[]> {
  front.rule = (path) => (path === PLAIN_PAGE ? 'pass' : 'cut');
  // The error page of the cut start may come late and take the place of where one goes next.
  const goes = () => page.goto(urlOf(front, PLAIN_PAGE)).then(Boolean, () => false);
  await expect.poll(goes, SOON).toBe(true);
  return keptFiles(page);
}

/** The word for how an installation ended, once it has. */
function ended(workers: () => string[]): string {
  return workers().includes('activated') ? 'activated' : 'redundant';
}

const isHashed = (path: string) => path.startsWith('/assets/');
const urlOf = (front: Front, path: string) => `http://localhost:${front.port}${path}`;

/** The paths that the worker keeps, from the list that the build wrote into it. */
function shellFiles(): string[] {
  const text = readFileSync(join(DIST, 'app', 'sw.js'), 'utf8');
  const urls = [...text.matchAll(/"url":"([^"]+)"/g)].map(([, url = '']) => `/${url}`);
  return [...new Set(urls)];
}
