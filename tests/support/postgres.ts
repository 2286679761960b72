/**
 * A real PostgreSQL for tests: one throw-away cluster a test run, shared by its workers, and a fresh,
 * empty database a call. A watcher process ends the cluster and deletes its folder when the run is
 * gone, however it ended.
 *
 * It lies in memory where the machine has room there: its fsync costs nothing. Kills of processes lose
 * nothing of it; what a disk does or costs (V-01, benches) asks for a second one, `onDisk`.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import pg from 'pg';
import { startEmbedded, type EmbeddedCluster } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';

/** A database of one's own: as pool settings, and as a URL for DATABASE_URL. */
export interface TestDatabase {
  url: string;
  poolConfig: pg.PoolConfig;
  /** Drops the database, cutting who is still connected. */
  stop(): Promise<void>;
}

/** Creating the cluster takes about a second; a busy machine a few. */
const TAKING_LIMIT_MS = 60_000;
const POLL_MS = 50;

/** Memory that looks like a disk, and what of it must be free: a cluster takes 150 MB. */
const MEMORY = '/dev/shm';
const MEMORY_LEAST_BYTES = 2 ** 30;

/** A database of the cluster that has this program's tables and nothing in them, to be copied. */
const MIGRATED = 't_migrated';

/**
 * Makes an empty database, or one that is `migrated` already; the first call of a run starts the
 * cluster. Roles are shared by the run.
 */
export async function startTestPostgres({
  onDisk = false,
  migrated = false,
} = {}): Promise<TestDatabase> {
  const cluster = await sharedCluster(onDisk ? tmpdir() : memoryFolder());
  const database = `t_${randomBytes(6).toString('hex')}`;
  await statement(cluster, `create database ${database}${migrated ? ` template ${MIGRATED}` : ''}`);
  return {
    url: cluster.url.replace(/\/rixue(\?|$)/, `/${database}$1`),
    poolConfig: { ...cluster.poolConfig, database },
    stop: () => statement(cluster, `drop database if exists ${database} with (force)`),
  };
}

const shared = new Map<string, Promise<EmbeddedCluster>>();

function sharedCluster(folder: string): Promise<EmbeddedCluster> {
  const cluster = shared.get(folder) ?? openShared(folder);
  shared.set(folder, cluster);
  return cluster;
}

function memoryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= MEMORY_LEAST_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

async function openShared(folder: string): Promise<EmbeddedCluster> {
  const inWorker = process.env['VITEST'] !== undefined && isMainThread;
  const run = inWorker ? process.ppid : process.pid;
  const dataDir = join(folder, `rixue-test-${run}`);
  const mark = join(folder, `rixue-test-${run}.taking`);
  await beginTaking(mark);
  try {
    const started = await startEmbedded({ dataDir, log: () => undefined });
    if (!started.ok) throw new Error(started.error.message);
    if (started.value.adopted) return started.value;
    watch(run, started.value.pid, dataDir);
    await makeMigrated(started.value);
    return started.value;
  } finally {
    rmSync(mark, { recursive: true, force: true });
  }
}

async function makeMigrated(cluster: EmbeddedCluster) {
  await statement(cluster, `create database ${MIGRATED}`);
  const client = new pg.Client({ ...cluster.poolConfig, database: MIGRATED });
  await client.connect();
  const migrations = await migrate(client);
  await client.end();
  if (!migrations.ok) throw new Error(migrations.error.code);
}

/** Workers begin at once; one of them makes the cluster, the others then take it over. */
async function beginTaking(mark: string) {
  for (let waited = 0; waited < TAKING_LIMIT_MS; waited += POLL_MS) {
    try {
      mkdirSync(mark);
      return;
    } catch {
      await sleep(POLL_MS);
    }
  }
  rmSync(mark, { recursive: true, force: true });
}

function watch(run: number, postmaster: number, dataDir: string) {
  const source = `
    const alive = (pid) => { try { process.kill(pid, 0); return true } catch { return false } }
    const timer = setInterval(() => {
      if (alive(${run})) return
      clearInterval(timer)
      try { process.kill(${postmaster}, 'SIGQUIT') } catch {}
      setTimeout(() => fs.rmSync(${JSON.stringify(dataDir)}, { recursive: true, force: true }), 1000)
    }, 500)`;
  const child = spawn(process.execPath, ['-e', `const fs = require('node:fs');${source}`], {
    detached: true,
    stdio: 'ignore',
  });
  child.unref();
}

async function statement(cluster: EmbeddedCluster, sql: string) {
  const client = new pg.Client({ ...cluster.poolConfig, database: 'postgres' });
  await client.connect();
  await client.query(sql);
  await client.end();
}
