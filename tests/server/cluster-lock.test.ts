import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { takeLock } from '#server/db/cluster-lock.mjs';

const folders: string[] = [];
const children: ReturnType<typeof spawn>[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('V-03 names the pid of the process that holds the data folder', async () => {
  const dataDir = newFolder();
  const holder = await holdElsewhere(dataDir);
  expect(await takeLock(dataDir)).toEqual({ state: 'held', pid: holder.pid });
});

it('is free again after a kill -9 of its holder', async () => {
  const dataDir = newFolder();
  const holder = await holdElsewhere(dataDir);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await takeLock(dataDir)).toMatchObject({ state: 'taken' });
});

it('is taken by exactly one of many that start at once, also after a kill', async () => {
  const dataDir = newFolder();
  (await holdElsewhere(dataDir)).kill('SIGKILL');
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => tryElsewhere(dataDir)));
  expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1);
});

it('waits for a holder that said it is ending', async () => {
  const dataDir = newFolder();
  const holder = await holdElsewhere(
    dataDir,
    `lock.ending(); setTimeout(() => process.exit(), 700)`,
  );
  expect(await takeLock(dataDir)).toMatchObject({ state: 'taken' });
  // The lock falls with the process; that it has ended may be told a moment later.
  if (holder.exitCode === null) await once(holder, 'exit');
  expect(holder.exitCode).toBe(0);
});

it('may be taken twice by one process, and uses a port where the path is too long', async () => {
  const dataDir = join(newFolder(), 'x'.repeat(100));
  const holder = await holdElsewhere(dataDir);
  expect(await takeLock(dataDir)).toEqual({ state: 'held', pid: holder.pid });
  const own = newFolder();
  expect(await takeLock(own)).toMatchObject({ state: 'taken' });
  expect(await takeLock(own)).toMatchObject({ state: 'taken' });
});

it('is not kept out by a mark from before the clock went back', async () => {
  const dataDir = newFolder();
  const mark = join(dataDir, 'lock.taking');
  mkdirSync(mark);
  const nextYear = new Date(Date.now() + 365 * 86_400_000);
  utimesSync(mark, nextYear, nextYear);
  expect(await takeLock(dataDir)).toMatchObject({ state: 'taken' });
});

it('says which refusal it met where the folder cannot be made', async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  expect(await takeLock(join(file, 'var'))).toEqual({ state: 'refused', code: 'ENOTDIR' });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-lock-'));
  folders.push(folder);
  return folder;
}

async function holdElsewhere(dataDir: string, then = '') {
  const child = runElsewhere(dataDir, then);
  await once(child.stdout, 'data');
  return child;
}

async function tryElsewhere(dataDir: string): Promise<string> {
  const [text] = await once(runElsewhere(dataDir).stdout, 'data');
  return String(text).trim();
}

/** Another process takes the lock, prints what it met, and lives on. */
function runElsewhere(dataDir: string, then = '') {
  const source = `
    import { takeLock } from '#server/db/cluster-lock.mjs'
    const lock = await takeLock(${JSON.stringify(dataDir)})
    console.log(lock.state)
    ${then}
    setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}
