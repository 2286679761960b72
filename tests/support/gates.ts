/**
 * The gates that every screen passes (H-01 to H-03 and the contrast of PRODUCT.md). Each returns
 * readable offences; none is passing. They run with the page's own policy in force.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright';
import { findWeakContrast } from './gates/contrast.page.ts';
import { findSidewaysScroll } from './gates/sideways.page.ts';
import { findSmallTargets } from './gates/targets.page.ts';

export { watchCsp, weakPolicy } from './gates/csp.ts';

/** PRODUCT.md, "Elder-friendly is the only look". */
const LEAST = { target: 60, gap: 8, contrast: 7 };
/** The smallest phone that counts, and text at double size (WCAG 1.4.4 and 1.4.10). */
export const SMALL_SCREEN = { width: 320, height: 568 };
const TEXT_SCALE = 2;

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** All gates, or without those that are looked at otherwise; each offence with its gate's name before it. */
export async function gateOffences(
  page: Page,
  { axe = true, sideways = true } = {},
): Promise<string[]> {
  const named = (gate: string, offences: string[]) => offences.map((each) => `${gate}: ${each}`);
  return [
    ...named('axe', axe ? await axeOffences(page) : []),
    ...named('targets', await targetOffences(page)),
    ...named('contrast', await contrastOffences(page)),
    ...named('sideways', sideways ? await sidewaysOffences(page) : []),
  ];
}

/**
 * Serious and critical findings of axe, one line for each place. Its contrast of 4.5:1 takes most of
 * its time and is left to `contrastOffences`, which asks for 7:1 of the same text.
 */
export async function axeOffences(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axeSource });
    await session.detach();
  }
  // Only what offends is worked out in full.
  const rules = { 'color-contrast': { enabled: false } };
  const options: RunOptions = { resultTypes: ['violations'], rules };
  const { violations } = await page.evaluate(
    (given) =>
      (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(
        given,
      ),
    options,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id} (${help}) ${node.target.join(' ')}`),
    );
}

/** Targets lower than 60 px or closer than 8 px. */
export function targetOffences(page: Page): Promise<string[]> {
  return page.evaluate(findSmallTargets, { height: LEAST.target, gap: LEAST.gap });
}

/** Text with a contrast under 7:1. */
export function contrastOffences(page: Page): Promise<string[]> {
  return page.evaluate(findWeakContrast, LEAST.contrast);
}

/** What does not fit at 320×568 with text at 200 %; the page is as before afterwards. */
export async function sidewaysOffences(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  const isSmall = before?.width === SMALL_SCREEN.width && before.height === SMALL_SCREEN.height;
  if (!isSmall) await page.setViewportSize(SMALL_SCREEN);
  const size = await scaleText(page, TEXT_SCALE);
  try {
    return await page.evaluate(findSidewaysScroll);
  } finally {
    await page.evaluate((old) => (document.documentElement.style.fontSize = old), size);
    if (before && !isSmall) await page.setViewportSize(before);
  }
}

/** Multiplies the root's font size, waits for the layout, returns the old inline size. */
function scaleText(page: Page, scale: number): Promise<string> {
  return page.evaluate(async (by) => {
    const root = document.documentElement;
    const old = root.style.fontSize;
    root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * by}px`;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return old;
  }, scale);
}
