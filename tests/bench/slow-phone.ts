/** A phone as slow as a cheap one, and what a person waits for on it, measured in the page itself. */
import type { Page } from 'playwright';
import { press, type Handset } from '#tests/e2e/support/handset.ts';

/** How many times slower than this machine. Workers and the browser's own processes are not slowed. */
const SLOWER = 6;
/** What a screen does after it is there is over by then; the next measure is not to pay for it. */
const QUIET_MS = 1_500;

/** What the page notes of itself. */
type Noted = { benchShown?: number };

/** Slows the page of this phone from now on. */
export async function slowDown({ phone }: Handset): Promise<void> {
  const session = await phone.context.newCDPSession(phone.page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** From navigation to the frame in which `selector` is there, ms, each of `times` loads. */
export async function measureStarts(
  { phone }: Handset,
  path: string,
  selector: string,
  times: number,
): Promise<number[]> {
  const measured: number[] = [];
  for (let n = 0; n < times; n += 1) {
    await phone.page.goto('about:blank');
    await phone.goto(path);
    measured.push(await shownAt(phone.page, selector));
    await phone.page.waitForTimeout(QUIET_MS);
  }
  return measured;
}

/** Put into every page before its own code: notes the frame after the selector was first there. */
export function watchFor(selector: string): string {
  return `{
    const look = () => document.querySelector(${JSON.stringify(selector)})
      ? requestAnimationFrame(() => { window.benchShown = performance.now() })
      : requestAnimationFrame(look);
    requestAnimationFrame(look);
  }`;
}

async function shownAt(page: Page, selector: string): Promise<number> {
  await page.locator(selector).first().waitFor();
  await page.waitForFunction(() => (window as Noted).benchShown);
  return (await page.evaluate('window.benchShown')) as number;
}

/**
 * From a tap on `button` to the end of the frame in which `words` are on the screen, ms. The page waits
 * by itself: what Playwright puts into a page in order to wait takes a slow one 0.2 s. The task after
 * the frame goes before what the app left for later.
 */
export async function measureTap(
  page: Page,
  button: string,
  words: string,
  { quietMs = QUIET_MS } = {},
): Promise<number> {
  await page.waitForTimeout(quietMs);
  const took = page.evaluate(`new Promise((said) => {
    let tapped = 0;
    addEventListener('click', (event) => { tapped = event.timeStamp }, { capture: true, once: true });
    const painted = () => said(performance.now() - tapped);
    const main = document.querySelector('main');
    const look = () => tapped && main.textContent.includes(${JSON.stringify(words)})
      ? scheduler.postTask(painted, { priority: 'user-blocking' })
      : requestAnimationFrame(look);
    requestAnimationFrame(look);
  })`);
  await press(page, button);
  return (await took) as number;
}

/** The value in the middle; of an even number the upper one. */
export const median = (values: readonly number[]) => quantile(values, 0.5);
/** The value that 19 of 20 do not pass. */
export const p95 = (values: readonly number[]) => quantile(values, 0.95);

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}
