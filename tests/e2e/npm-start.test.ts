/** `npm start` as a process: who may leave without ending it, and whose death ends it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rixue-npm-start-'));
/** Longer than the server waits before it looks for npm again. */
const LOOKS_AGAIN_MS = 1_000;
const SOON = { timeout: 60_000, interval: 100 };
/** CONTRACT: everything ends within 5 s. */
const END = { timeout: 5_000, interval: 50 };
const pids: number[] = [];

afterAll(() => {
  for (const pid of pids) if (lives(pid)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it('outlives the shell that started it, and ends with npm, even by kill -9', async () => {
  const port = await freePort();
  const log = join(folder, 'log');
  const env = { ...process.env, PORT: `${port}`, HOST: '127.0.0.1', DATA_DIR: join(folder, 'var') };
  const command = `npm start >'${log}' 2>&1 </dev/null & echo $!`;
  const npm = Number(execFileSync('sh', ['-c', command], { cwd: repository, env }));
  pids.push(npm);
  const answers = () => fetch(`http://127.0.0.1:${port}/readyz`).then(({ status }) => status);
  await vi.waitFor(() => expect(readFileSync(log, 'utf8')).toMatch(/^ready http/m), SOON);
  const database = Number(
    readFileSync(join(folder, 'var/pg/postmaster.pid'), 'utf8').split('\n')[0],
  );
  pids.push(database);

  await new Promise((done) => setTimeout(done, LOOKS_AGAIN_MS));
  expect(await answers()).toBe(200);

  process.kill(npm, 'SIGKILL');
  await vi.waitFor(() => expect([npm, database].some(lives)).toBe(false), END);
  await expect(answers()).rejects.toThrow('fetch failed');
});

it('says how to write --empty when npm has kept it for itself', () => {
  const env = { ...process.env, DATA_DIR: join(folder, 'other'), PORT: '0' };
  const ended = spawnSync('npm', ['start', '--empty'], { cwd: repository, env, encoding: 'utf8' });
  expect(ended.status).toBe(1);
  expect(ended.stderr).toContain('npm start -- --empty');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
