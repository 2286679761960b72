/** A person's phone in a story: a browser of its own, a proxy of its own, and what fingers and eyes do. */
import type { Page } from 'playwright';
import { openPhone, type Phone, type PhoneOptions } from '#tests/support/phone.ts';
import { createProxy, type Proxy } from '#tests/support/proxy.ts';

/** What a person waits for before saying that it does not work. */
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 100;

export interface Handset {
  readonly page: Page;
  readonly phone: Phone;
  readonly proxy: Proxy;
  /** Opens an invitation, agrees, and waits until everything works without a network. */
  join(secret: string, roles?: readonly 'desk'[]): Promise<void>;
  /** The port of this phone closes: nothing gets through, the worker's requests neither. */
  loseNetwork(): Promise<void>;
  /** The port opens and the phone notices, as it does when it has found a mast; no tap. */
  findNetwork(): Promise<void>;
  close(): Promise<void>;
}

/** A blank phone on the way to the server at `port`. */
export async function openHandset(
  port: number,
  options: Omit<PhoneOptions, 'url'> = {},
): Promise<Handset> {
  const proxy = await createProxy({ target: { host: '127.0.0.1', port }, record: true });
  const phone = await openPhone({ url: proxy.url, ...options });
  return {
    get page() {
      return phone.page;
    },
    phone,
    proxy,
    async join(secret, roles = []) {
      await phone.goto(`/join#${secret}`);
      await press(phone.page, '是我，同意加入');
      await see(phone.page, '好了。点右上角，收藏');
      await keptOffline(phone.page, roles);
      await openPlace(phone.page, '我的');
      await see(phone.page, '没有，都送到了');
      await phone.page.waitForFunction(() => !document.body.innerText.includes('还没有过'));
    },
    loseNetwork: () => proxy.close(),
    async findNetwork() {
      await proxy.open();
      await phone.page.evaluate(() => window.dispatchEvent(new Event('online')));
    },
    async close() {
      await phone.close();
      await proxy.close();
    },
  };
}

/** Presses a button or a link by its whole accessible name, or a part of it. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  const named = typeof name === 'string' ? { name, exact: true } : { name };
  const main = page.getByRole('main');
  await main
    .getByRole('button', named)
    .or(main.getByRole('link', named))
    .click({ timeout: PATIENCE_MS })
    .catch(() => notThere(page, name));
}

const PLACES = { 今天: '/', 学习: '/library', 活动: '/activities', 我的: '/me' };

/** One of the four places in the bar below; what was on the screen before is gone then. */
export async function openPlace(page: Page, name: keyof typeof PLACES): Promise<void> {
  const bar = page.getByRole('navigation', { name: '四个地方' });
  await bar.getByRole('link', { name, exact: true }).click({ timeout: PATIENCE_MS });
  await page.waitForURL(({ pathname }) => pathname === PLACES[name], { timeout: PATIENCE_MS });
}

/** Waits until the words are on the screen; else says what is there in their place. */
export async function see(page: Page, words: string | RegExp): Promise<void> {
  const wanted = words instanceof RegExp ? words.source : escaped(words);
  const looking = page.waitForFunction(
    (source) => new RegExp(source).test(document.body.innerText),
    wanted,
    { timeout: PATIENCE_MS, polling: LOOK_EVERY_MS },
  );
  await looking.catch(() => notThere(page, words));
}

/** The words for so many in the hall, and not for so many who should come: 应到 14 holds 到 1. */
export function came(people: number): RegExp {
  return new RegExp(`(?<!应)到 ${people}(?!\\d)`);
}

/** Types into a field by its label. */
export async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text, { timeout: PATIENCE_MS });
}

async function notThere(page: Page, words: string | RegExp): Promise<never> {
  throw new Error(`${words} is not on the screen of ${page.url()}:\n${await screenText(page)}`);
}

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The language that the screen says it is in. */
export const langOf = (page: Page) => page.evaluate(() => document.documentElement.lang);

/** All that is written on the screen. */
export const screenText = (page: Page) => page.evaluate(() => document.body.innerText);

/** The worker holds the shell, and the screens of the roles. */
async function keptOffline(page: Page, roles: readonly 'desk'[]): Promise<void> {
  await page.waitForFunction(
    async (wanted) => {
      const { active } = await navigator.serviceWorker.ready;
      if (active?.state !== 'activated' || !navigator.serviceWorker.controller) return false;
      if (wanted.length === 0) return true;
      const kept = await (await caches.open('rixue-roles')).keys();
      const files = (await (await fetch('/role-desk.json')).json()) as string[];
      return files.length > 0 && files.every((file) => kept.some(({ url }) => url.endsWith(file)));
    },
    roles,
    { timeout: PATIENCE_MS, polling: 200 },
  );
}
