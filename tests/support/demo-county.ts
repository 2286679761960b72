/**
 * The demonstration county with people in it, for whoever looks at every screen: the real server, one
 * browser, a context for each visitor of routes.ts, each joined once by the real way; a roll half
 * called, a month with study in it, and a camera that films a card. It is Monday, ten to seven in the
 * evening, whatever the machine says.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { encode } from 'uqr';
import { memberCodeText } from '#domain/qr-codes.ts';
import { createIds } from '#lib/ids.ts';
import type { Machine } from '#server/machine.ts';
import { machineSources } from '#server/sources.ts';
import { film, pictureOfModules } from './camera.ts';
import { chromiumArguments, findChromium } from './chromium.ts';
import { watchCsp } from './gates.ts';
import { isLong } from './long.ts';
import type { Screen, Visitor } from './screen.ts';
import { startServer, type PrintedInvitation } from './server.ts';
import { walkTo } from './walk-to.ts';
import { words } from './words.ts';

export interface DemoCounty {
  url: string;
  /** Opens a screen as its visitor and brings it into its state; the text is simplified. */
  visit(screen: Screen): Promise<Page>;
  /** What the policy has stopped so far, on any of the phones. */
  cspOffences(): string[];
  close(): Promise<void>;
}

const NOW = Date.parse('2026-11-23T18:50:00+08:00');
const SCREEN = { width: 360, height: 740 };
const DAY_MS = 86_400_000;
/** A machine that nobody has looked after for a while. */
const MACHINE: Machine = {
  startedAt: NOW - 12 * DAY_MS,
  keepsBackups: true,
  disk: async () => ({ free: 700 * 1024 ** 2, low: false }),
  newestBackup: () => ({ at: NOW - 9 * DAY_MS, bytes: 5_400_000 }),
  drill: () => ({ at: NOW - 11 * DAY_MS, backup: 'auto', problem: null }),
  audit: () => ({ at: NOW - 9 * DAY_MS, findings: 0, end: { n: 0, hash: '' } }),
};
/** Whom the secretary has tapped before anybody looks, by their place in the roster. */
const TAPPED = [0, 1, 2, 4, 5, 7, 8, 9];
const OTHERS = { 3: 'online', 13: 'leave' };
/** Days before today, and minutes, of the member's own study. */
const STUDIED: readonly [number, number][] = [
  [20, 30],
  [17, 25],
  [13, 30],
  [9, 40],
  [4, 30],
  [0, 20],
];
/** Which of the printed member's invitations is whose (CONTRACT.md: the last is in another branch). */
const INVITED = { member: 0, fresh: 1, newcomer: 2 };

export async function openDemoCounty(appDir?: string): Promise<DemoCounty> {
  const shift = NOW - Date.now();
  const app = appDir ? { appDir } : {};
  const server = await startServer({ sources: sourcesOf(shift), machine: MACHINE, ...app });
  const folder = mkdtempSync(join(tmpdir(), 'rixue-county-'));
  const parts = await readParts(server.pool);
  const browser = await launch(film(join(folder, 'card.y4m'), pictureOfCard(parts['card'] ?? '')));
  const links = linksOf(server.invitations);
  const pages = new Map<Visitor, Page>();
  const opened = new Set<string>();
  const watches: { offences(): string[] }[] = [];

  async function pageOf(visitor: Visitor): Promise<Page> {
    const open = pages.get(visitor) ?? (await newPhone(visitor));
    pages.set(visitor, open);
    return open;
  }

  async function newPhone(visitor: Visitor): Promise<Page> {
    const context = await newContext(browser, shift);
    watches.push(await watchCsp(context));
    const page = await context.newPage();
    const link = links[visitor];
    if (link && visitor !== 'newcomer') await joinBy(page, server.url + link);
    if (visitor === 'member') await studyAlready(page, server.url);
    if (visitor === 'secretary')
      await tapNames(page, `${server.url}/activities/${parts['id']}/roll`);
    return page;
  }

  async function visit(screen: Screen): Promise<Page> {
    if (screen.invitation === 'used') await pageOf('member'); // who uses it
    const page = await pageOf(screen.as);
    const { route, parts: other } = screen;
    const path = route.replace(/:(\w+)/g, (_, name) => other?.[name] ?? parts[name] ?? name);
    const link = screen.invitation ? (links[screen.invitation] ?? '') : path;
    // The first screen of each place opens cold from its address (in the long form, of each route).
    const place = isLong ? screen.route : `${screen.as} ${screen.route.split('/')[1] ?? ''}`;
    const loads = (screen.loads ?? screen.invitation) || !opened.has(place);
    opened.add(place);
    if (loads || !(await walkTo(page, path))) {
      await page.goto('about:blank'); // another fragment alone would load nothing
      await page.goto(server.url + link);
    }
    await page.getByText(words(screen.shows), { exact: true }).first().waitFor();
    await screen.prepare?.(page);
    return page;
  }

  async function close(): Promise<void> {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  const cspOffences = () => watches.flatMap((watch) => watch.offences());
  return { url: server.url, visit, cspOffences, close };
}

function sourcesOf(shift: number) {
  const machine = machineSources();
  const clock = { ...machine.clock, now: () => Date.now() + shift };
  return { clock, ids: createIds({ clock, random: machine.random }) };
}

/** What `:id`, `:person`, `:branch` and `:chapter` of the routes stand for, and a card to film. */
async function readParts(pool: {
  query(sql: string): Promise<{ rows: unknown[] }>;
}): Promise<Record<string, string>> {
  const { rows } = await pool.query(
    `select id, scope, kind, subject, body from records where kind in ('activity', 'member') order by scope, n`,
  );
  const records = rows as {
    id: string;
    scope: string;
    kind: string;
    subject: string | null;
    body: string;
  }[];
  const about = (name: string) =>
    records.find((row) => row.kind === 'member' && row.body.includes(name));
  const person = about('叶志明');
  const activity = records.find((row) => row.kind === 'activity' && row.scope === person?.scope);
  const card = JSON.parse(about('谢云')?.body ?? '{}') as { card?: string };
  return {
    id: activity?.id ?? '',
    person: person?.subject ?? '',
    branch: person?.scope ?? '',
    chapter: 'san-tui',
    card: card.card ?? '',
  };
}

function pictureOfCard(card: string) {
  return pictureOfModules(encode(memberCodeText(card)).data);
}

function launch(filmed: string): Promise<Browser> {
  const camera = [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${filmed}`,
  ];
  return chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumArguments, ...camera],
  });
}

async function newContext(browser: Browser, shift: number): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: SCREEN,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    hasTouch: true,
  });
  await context.addInitScript(turnedClock(shift));
  return context;
}

/** As text: what a compiler adds to a function is missing in the page. */
function turnedClock(shift: number): string {
  return `{
    const Real = Date
    Date = class extends Real {
      constructor(...args) { super(...(args.length > 0 ? args : [Real.now() + ${shift}])) }
      static now() { return Real.now() + ${shift} }
    }
  }`;
}

/** Path and fragment of the invitations, by who opens them. */
function linksOf(invitations: readonly PrintedInvitation[]): Partial<Record<string, string>> {
  const nth = (role: string, at = 0) => {
    const { pathname, hash } = new URL(
      invitations.filter((one) => one.role === role)[at]?.url ?? '',
    );
    return pathname + hash;
  };
  return {
    member: nth('member', INVITED.member),
    secretary: nth('secretary'),
    administrator: nth('administrator'),
    fresh: nth('member', INVITED.fresh),
    newcomer: nth('member', INVITED.newcomer),
    used: nth('member', INVITED.member),
  };
}

async function joinBy(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: words('join.agree') }).click();
  await page.getByText(words('join.done')).waitFor();
}

/** A month in which the member has studied now and then, written as anybody writes it afterwards. */
async function studyAlready(page: Page, url: string): Promise<void> {
  for (const [before, minutes] of STUDIED) {
    await page.goto(`${url}/study/add`);
    await page.getByLabel(words('study.day')).fill(dayBefore(before));
    await page.getByLabel(words('study.type-minutes')).fill(String(minutes));
    await page.getByRole('button', { name: words('study.save') }).click();
    await page.getByText(words('study.another')).waitFor();
  }
}

function dayBefore(days: number): string {
  return new Date(NOW - days * 86_400_000).toISOString().slice(0, 10);
}

async function tapNames(page: Page, roll: string): Promise<void> {
  await page.goto(roll);
  const names = page.locator('.roll-row .mark');
  await names.first().waitFor();
  for (const at of TAPPED) await names.nth(at).click();
  for (const [at, state] of Object.entries(OTHERS)) {
    await page.locator('.roll-row [aria-expanded]').nth(Number(at)).click();
    await page
      .locator('.roll-row .others')
      .getByRole('button', { name: words(`activities.set.${state}`), exact: true })
      .click();
    await names
      .nth(Number(at))
      .filter({ hasText: words(`activities.mark.${state}`) })
      .waitFor();
  }
}
