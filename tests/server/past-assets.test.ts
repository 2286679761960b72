import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepAssets } from '#server/past-assets.ts';

const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2026, 0, 1);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rixue-assets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('keeps the files of past builds for 60 days after their last start', async () => {
  await startBuild(['a-1.js', 'shared-1.js'], START);
  await startBuild(['b-2.js', 'shared-1.js'], START + 59 * DAY);
  expect(kept()).toEqual(['a-1.js', 'b-2.js', 'shared-1.js']);
  await startBuild(['b-2.js', 'shared-1.js'], START + 61 * DAY);
  expect(kept()).toEqual(['b-2.js', 'shared-1.js']);
});

it('keeps them where nobody else can put code', async () => {
  await startBuild(['a-1.js'], START);
  expect(statSync(join(folder, 'data', 'assets')).mode & 0o777).toBe(0o700);
});

it('drops what a cut-off copy left behind once it is old', async () => {
  await startBuild(['a-1.js'], START);
  writeFileSync(join(folder, 'data', 'assets', 'c-3.js.part'), 'ha');
  await startBuild(['a-1.js'], Date.now() + 61 * DAY);
  expect(kept()).toEqual(['a-1.js']);
});

async function startBuild(names: string[], now: number) {
  const appDir = join(folder, 'app');
  rmSync(appDir, { recursive: true, force: true });
  mkdirSync(join(appDir, 'assets'), { recursive: true });
  for (const name of names) writeFileSync(join(appDir, 'assets', name), name);
  await keepAssets({ appDir, dataDir: join(folder, 'data'), now });
}

function kept(): string[] {
  return readdirSync(join(folder, 'data', 'assets')).sort();
}
