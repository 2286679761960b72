/** Where a Chromium is on this machine, and how tests start it. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/**
 * CHROMIUM_PATH, else what the system has, else what playwright has downloaded.
 * Throws one sentence where there is none.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const wished = environment['CHROMIUM_PATH'];
  const onPath = (environment['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [...(wished ? [wished] : []), ...onPath, chromium.executablePath()].find(runs);
  if (found === undefined) {
    throw new Error('No Chromium found: install one, or set CHROMIUM_PATH to its program.');
  }
  return found;
}

/** For root, for machines without a graphics card, and without traffic of the browser's own. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-auto-reload', // its error page would load again by itself, in the midst of a test
];

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
