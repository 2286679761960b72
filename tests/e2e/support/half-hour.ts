/** Study without waiting for it. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { keptOn } from './store.ts';

/**
 * Lets time pass before the reader's eyes (the page's clock must be installed) and waits until it is
 * kept on the phone; the whole minutes counted so far.
 */
export async function studyFor(page: Page, ms: number): Promise<number> {
  const counted = async () => (await keptOn<{ counted: number }>(page, 'half-hour'))?.counted ?? 0;
  const before = await counted();
  await page.clock.runFor(ms);
  await expect.poll(counted, { interval: 20 }).toBeGreaterThan(before);
  return Math.floor((await counted()) / 60_000);
}
