/** Where a Chromium is on this machine, and how tests start it. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const SHELL_NAMES = ['chromium-headless-shell', 'chrome-headless-shell'];

/**
 * A Chromium to start; undefined where there is none. `whole`: the browser with its windows and
 * permissions. Else, where there is one, its headless shell: the same engine, storage and network,
 * which starts in a third of the time. `npm run faults` gets the whole one throughout; a CHROMIUM_PATH
 * goes before all.
 */
export function searchChromium({ whole = false }: { whole?: boolean } = {}): string | undefined {
  const wished = process.env['CHROMIUM_PATH'];
  const shells = whole || process.env['RIXUE_FAULTS'] ? [] : onPath(SHELL_NAMES);
  const found = [...(wished ? [wished] : []), ...shells, ...onPath(NAMES)].find(runs);
  return found ?? downloaded();
}

/** The same; throws one sentence where there is none. */
export function findChromium(options?: { whole?: boolean }): string {
  const found = searchChromium(options);
  if (found !== undefined) return found;
  throw new Error('No Chromium found: install one, or set CHROMIUM_PATH to its program.');
}

/** For root, for machines without a graphics card (nor a process for it), and without traffic of the browser's own. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--in-process-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-auto-reload', // its error page would load again by itself, in the midst of a test
];

/** What playwright has downloaded, where it has a build for this system. */
function downloaded(): string | undefined {
  try {
    return [chromium.executablePath()].find(runs);
  } catch {
    return undefined;
  }
}

function onPath(names: readonly string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
