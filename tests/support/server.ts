/**
 * A whole server for tests, on a real PostgreSQL with a database of its own: `startServer` in this
 * process (fast, its clock can be turned), `spawnServer` as a process of its own (can be killed and
 * started again on the same database).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { pino, type Logger } from 'pino';
import type { Database } from '#server/db/database.ts';
import type { Disk } from '#server/disk.ts';
import type { Machine } from '#server/machine.ts';
import type { Sources } from '#server/db/server-records.ts';
import { machineSources } from '#server/sources.ts';
import { start } from '#server/start.ts';
import { startTestPostgres, type TestDatabase } from './postgres.ts';

export interface ServerOptions {
  seed?: 'demo' | 'empty';
  /** A free one where left out. */
  port?: number;
  /** The built app, else a page of one line. */
  appDir?: string;
  /** What invitations print; the server's own address where left out. */
  publicUrl?: string;
  /** Where its database lies (`spawnServer`): in memory where left out (postgres.ts). */
  onDisk?: boolean;
}

export interface PrintedInvitation {
  role: string;
  url: string;
}

interface TestServer {
  /** http://localhost:PORT */
  url: string;
  port: number;
  /** In the order in which they are printed: member ×4, secretary ×3, reviewer ×4, administrator. */
  invitations: PrintedInvitation[];
  /** Of the database's owner, who passes row-level security. */
  pool: pg.Pool;
  /** Ends it as SIGTERM does and drops the database. */
  stop(): Promise<void>;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
/** A cold start on a busy machine. */
const READY_LIMIT_MS = 60_000;

/** Starts a server in this process. */
export async function startServer(
  options: ServerOptions & {
    sources?: Partial<Sources>;
    log?: Logger;
    disk?: Disk;
    machine?: Machine;
  } = {},
): Promise<TestServer & { database: Database }> {
  const postgres = await startTestPostgres({ migrated: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'rixue-data-'));
  const config = {
    port: options.port ?? 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: postgres.url,
    publicUrl: options.publicUrl ?? null,
    tls: null,
    seed: options.seed ?? ('demo' as const),
    appDir: options.appDir ?? defaultAppDir(dataDir),
  };
  const sources = { ...machineSources(), ...options.sources };
  const started = await start(config, {
    ...sources,
    log: options.log ?? pino({ level: 'silent' }),
    ...(options.disk && { disk: options.disk }),
    ...(options.machine && { machine: options.machine }),
  });
  if (!started.ok) throw new Error(started.error);
  const { url, port, invitations, database } = started.value;
  const pool = ownPool(postgres);
  const stop = async () => {
    await started.value.stop();
    await pool.end();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, port, invitations, database, pool, stop };
}

/** Starts a server as a process of its own. */
export async function spawnServer(
  options: ServerOptions = {},
): Promise<TestServer & { pid: number; kill(): Promise<void>; restart(): Promise<void> }> {
  const postgres = await startTestPostgres({ onDisk: options.onDisk ?? false, migrated: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'rixue-data-'));
  const pool = ownPool(postgres);
  const env = {
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url,
    APP_DIR: options.appDir ?? defaultAppDir(dataDir),
    PUBLIC_URL: options.publicUrl ?? '',
  };
  const args = [`--${options.seed ?? 'demo'}`];
  let program = await runProgram(env, options.port ?? 0, args);
  const { port, invitations } = program;
  const end = async (signal: NodeJS.Signals) => {
    if (program.child.exitCode !== null || program.child.signalCode !== null) return;
    const ended = new Promise((done) => program.child.once('exit', done));
    program.child.kill(signal);
    await ended;
  };
  return {
    url: `http://localhost:${port}`,
    port,
    invitations,
    pool,
    pid: program.child.pid ?? 0,
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      program = await runProgram(env, port, args);
    },
    async stop() {
      await end('SIGTERM');
      await pool.end();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * What Node is to run: the built server where the set-up says that it is of these sources (`npm test`),
 * which starts in a third of the time; else the sources themselves.
 */
export const serverProgram: readonly string[] = process.env['SERVER_ENTRY']
  ? [process.env['SERVER_ENTRY']]
  : ['--import', 'tsx', 'src/server/main.ts'];

/** Runs the server's program and waits for its lines; throws with what it said when it ends before. */
export async function runProgram(
  env: Record<string, string>,
  port: number,
  args: readonly string[],
): Promise<{ child: ChildProcess; port: number; invitations: PrintedInvitation[] }> {
  const child = spawn(process.execPath, [...serverProgram, ...args], {
    cwd: repository,
    env: { ...process.env, HOST: '', LOG_LEVEL: 'warn', ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const lines = await new Promise<string>((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`not ready: ${said}`)), READY_LIMIT_MS);
    // The invitations follow `ready` at once; a moment later everything is there.
    const heard = (text: Buffer) => {
      said += text;
      if (/^ready /m.test(said)) setTimeout(() => (clearTimeout(timer), done(said)), 50);
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.once('exit', (code) => failed(new Error(`ended with ${code}: ${said}`)));
  });
  return {
    child,
    port: Number(/^ready https?:\/\/localhost:(\d+)$/m.exec(lines)?.[1]),
    invitations: [...lines.matchAll(/^invitation (\w+) (\S+)$/gm)].map(
      ([, role = '', url = '']) => ({ role, url }),
    ),
  };
}

function ownPool(postgres: TestDatabase): pg.Pool {
  const pool = new pg.Pool({ ...postgres.poolConfig, max: 3 });
  pool.on('error', () => undefined); // the database is dropped under idle connections
  return pool;
}

function defaultAppDir(dataDir: string): string {
  const built = join(repository, 'dist', 'app');
  return existsSync(join(built, 'index.html')) ? built : onePageApp(join(dataDir, 'app'));
}

/** A built app of one page, one asset and a worker, for tests that need no real one. */
export function onePageApp(dir: string, body = ''): string {
  const html =
    '<!doctype html><html><head><script>self.boot = 1</script><style>p { margin: 0 }</style>' +
    '<script type="module" src="/assets/index-1a2b3c4d.js"></script></head>' +
    `<body>${body}</body></html>`;
  mkdirSync(join(dir, 'assets'), { recursive: true });
  writeFileSync(join(dir, 'index.html'), html);
  writeFileSync(join(dir, 'sw.js'), 'self.skipped = 0\n');
  writeFileSync(join(dir, 'manifest.webmanifest'), '{}');
  writeFileSync(join(dir, 'assets', 'index-1a2b3c4d.js'), 'export const here = 1\n');
  return dir;
}
