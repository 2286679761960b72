/**
 * A phone: one Chromium of its own with one profile of its own, so that kill and relaunch are what
 * they are on a real phone. Its network is a proxy (proxy.ts); it knows nothing of it but the URL.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { hangCamera } from './camera-faults.ts';
import { chromiumArguments, findChromium } from './chromium.ts';
import { killTree } from './process-tree.ts';

/** A file that the camera films, or how it fails. */
export type PhoneCamera = { films: string } | 'absent' | 'denied' | 'hanging';

export type PhoneOptions = {
  /** Where the app is: `http://localhost:PORT` of the phone's proxy. */
  url: string;
  /** Kept by the caller; a new one that `close` removes where it is left out. */
  profileDir?: string;
  camera?: PhoneCamera;
  lang?: 'zh-CN' | 'zh-HK';
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  extraArguments?: string[];
  /** The browser with its windows and permissions, not its shell (chromium.ts). */
  whole?: boolean;
};

export type Phone = {
  /** The page in front; another one after `relaunch`. */
  readonly page: Page;
  readonly context: BrowserContext;
  readonly profileDir: string;
  /** Of the app, as the browser's own tools name a site. */
  readonly origin: string;
  /** Opens a path of the app, `/` where it is left out. */
  goto(path?: string): Promise<void>;
  /** SIGKILL to the whole browser, as when the battery is out: nothing is flushed. */
  kill(): Promise<void>;
  /** Starts again on the same profile and opens a path; kills first where it still runs. */
  relaunch(path?: string): Promise<Page>;
  /** A new page in front, in place of one that has crashed. */
  replacePage(): Promise<Page>;
  /** Ends the browser in good order. */
  close(): Promise<void>;
};

/** LOOK.md's phone: a cheap 360 dp screen. */
const SCREEN = { width: 360, height: 740 };

/** For navigations that cross Chromium's error page, which comes a moment after the failure. */
const MOST_TRIES = 4;
const SETTLE_MS = 150;

/** Starts a browser with a blank page; `goto` opens the app. */
export async function openPhone(options: PhoneOptions): Promise<Phone> {
  const profileDir = options.profileDir ?? mkdtempSync(join(tmpdir(), 'rixue-phone-'));
  let context = await launch(profileDir, options);
  let page = await firstPage(context);
  let running = true;

  async function goto(path = '/'): Promise<void> {
    const { href } = new URL(path, options.url);
    for (let tries = 1; ; tries += 1) {
      try {
        await page.goto(href);
        return;
      } catch (error) {
        // Chromium's own error page, after a failed navigation, may still be on its way
        if (tries === MOST_TRIES || !/interrupted by another/.test(String(error))) throw error;
        await sleep(SETTLE_MS);
      }
    }
  }
  async function kill(): Promise<void> {
    if (!running) return;
    running = false;
    const closed = new Promise((resolve) => context.once('close', resolve));
    await killTree(`--user-data-dir=${profileDir}`);
    await closed;
  }
  return {
    get page() {
      return page;
    },
    get context() {
      return context;
    },
    profileDir,
    origin: new URL(options.url).origin,
    goto,
    kill,
    async relaunch(path = '/') {
      await kill();
      context = await launch(profileDir, options);
      page = await firstPage(context);
      running = true;
      await goto(path);
      return page;
    },
    async replacePage() {
      const gone = page;
      page = await context.newPage();
      await gone.close();
      return page;
    },
    async close() {
      if (running) await context.close();
      running = false;
      if (options.profileDir === undefined) rmSync(profileDir, { recursive: true, force: true });
    },
  };
}

async function launch(profileDir: string, options: PhoneOptions): Promise<BrowserContext> {
  const { camera = 'absent', lang = 'zh-CN' } = options;
  // The shell knows of no permission that was denied.
  const whole = options.whole ?? camera === 'denied';
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: findChromium({ whole }),
    headless: true,
    args: [...chromiumArguments, ...cameraArguments(camera), ...(options.extraArguments ?? [])],
    viewport: options.viewport ?? SCREEN,
    locale: lang,
    timezoneId: 'Asia/Shanghai',
    colorScheme: options.colorScheme ?? 'light',
    hasTouch: true,
    serviceWorkers: 'allow',
  });
  if (camera === 'hanging') await context.addInitScript(hangCamera);
  if (camera === 'denied') await denyCamera(context);
  return context;
}

function cameraArguments(camera: PhoneCamera): string[] {
  if (camera === 'absent') return [];
  const fake = '--use-fake-device-for-media-stream';
  if (typeof camera === 'string') return [fake];
  return [
    fake,
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${camera.films}`,
  ];
}

/** As if the person had said no once: Chromium then refuses without asking. */
async function denyCamera(context: BrowserContext): Promise<void> {
  const session = await context.newCDPSession(await firstPage(context));
  await session.send('Browser.setPermission', {
    permission: { name: 'camera' },
    setting: 'denied',
  });
  await session.detach();
}

async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage());
}
