/** Finds a Chromium for tests and screenshots, or installs one. */
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installPackages } from './apt.mjs';
import { onPath, ROOT, run, toolPath } from './run.mjs';
import { say, Stop } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
/** Debian's packages; the fonts are those that Chinese text is measured with. */
const PACKAGES = ['chromium', 'fonts-noto-cjk'];
/** The same engine without windows: most tests take it where it is (tests/support/chromium.ts). */
const SHELL = 'chromium-headless-shell';
const NO_SHELL = join(ROOT, 'node_modules', '.rixue-no-headless-shell');

/** The path of a Chromium; its headless shell is installed beside it where that can be done. */
export async function ensureBrowser() {
  const path = findBrowser() ?? (await installBrowser());
  if (!path)
    throw new Stop(
      '找不到浏览器，请安装 Chromium 或用 CHROMIUM_PATH 指明。' +
        'No browser was found: install Chromium or name one in CHROMIUM_PATH.',
    );
  if (path === onPath('chromium') && !process.env.CHROMIUM_PATH) await installShell();
  return path;
}

function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named && existsSync(named)) return named;
  const own = playwrightBrowser();
  return onPath(...NAMES) ?? (own && existsSync(own) ? own : undefined);
}

/** Tried once a clone: where it cannot be had, the whole browser does it all, only slower. */
async function installShell() {
  if (onPath(SHELL) || existsSync(NO_SHELL)) return;
  say(`安装 ${SHELL}… Installing ${SHELL} …`);
  if (!(await installPackages(SHELL))) writeFileSync(NO_SHELL, '');
}

function playwrightBrowser() {
  try {
    return createRequire(join(ROOT, 'package.json'))('playwright').chromium.executablePath();
  } catch {
    return undefined; // not installed, or no build for this system
  }
}

async function installBrowser() {
  say('安装浏览器… Installing a browser …');
  if ((await installPackages(...PACKAGES, SHELL)) || (await installPackages(...PACKAGES)))
    return findBrowser();
  await run(process.execPath, [toolPath('playwright'), 'install', 'chromium']);
  return findBrowser();
}
