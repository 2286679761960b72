/** The whole server from its settings: lock, socket, database, app. Nothing here reads the environment. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Role } from '#domain/roles.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { createApp } from './app.ts';
import { isLoopback, type Config } from './config.ts';
import type { Database } from './db/database.ts';
import { takeLock } from './db/cluster-lock.mjs';
import { startEmbedded } from './db/embedded.ts';
import type { Sources } from './db/server-records.ts';
import { createDisk, DISK_UNKNOWN, freeBytesOf, type Disk } from './disk.ts';
import { listen } from './listen.ts';
import { machineOf, type Machine } from './machine.ts';
import { keepAssets } from './past-assets.ts';
import { prepareDatabase } from './prepare-database.ts';
import { sentence } from './sentences.ts';
import { startNightly } from './tasks/backup/nightly.ts';
import { startRetention } from './tasks/retention/nightly.ts';

/** A server that answers. */
export interface RunningServer {
  port: number;
  /** Without a slash at its end. */
  url: string;
  /** Links to print; only where the county was made now. */
  invitations: { role: Role; url: string }[];
  database: Database;
  /** Drains, then closes what was opened, within 5 s. */
  stop(): Promise<void>;
}

/** Of the 5 s for everything; statements that run take milliseconds. */
const CLOSE_LIMIT_MS = 500;

interface StartDeps extends Sources {
  log: Logger;
  /** That of DATA_DIR where left out. */
  disk?: Disk;
  /** As above. */
  machine?: Machine;
}

/** Starts everything, or a sentence and nothing left running. */
export async function start(
  config: Config,
  deps: StartDeps,
): Promise<Result<RunningServer, string>> {
  const undo: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  const started = await startWith(config, deps, undo);
  if (!started.ok) {
    await stop();
    return started;
  }
  return ok({ ...started.value, stop });
}

type Undo = (() => Promise<void> | void)[];

async function startWith(
  config: Config,
  deps: StartDeps,
  undo: Undo,
): Promise<Result<Omit<RunningServer, 'stop'>, string>> {
  if (!existsSync(join(config.appDir, 'index.html'))) return fail(sentence.app(config.appDir));
  const lock = config.databaseUrl ? null : await lockFolder(config.dataDir);
  if (lock?.ok === false) return lock;
  if (lock) undo.push(lock.value);
  const listening = await listen(config);
  if (!listening.ok) return listening;
  // Undone in the reverse order: the socket drains while the database still answers.
  const cluster = await openCluster(config, deps.log);
  if (cluster.ok && cluster.value.stop) undo.push(cluster.value.stop);
  if (!cluster.ok) {
    undo.push(listening.value.close);
    return cluster;
  }
  const wish = { seed: config.seed, demoByDefault: !config.databaseUrl && isLoopback(config.host) };
  const place = { dataDir: config.dataDir, poolConfig: cluster.value.poolConfig };
  const prepared = await prepareDatabase(place, wish, deps);
  if (prepared.ok) undo.push(() => closeInTime(prepared.value.database));
  undo.push(listening.value.close);
  if (!prepared.ok) return prepared;
  const { database, invitations } = prepared.value;
  const pastAssetsDir = await pastAssets(config, deps);
  const disk = deps.disk ?? diskOf(config, deps);
  const { appDir, workerOff = false } = config;
  const freeBytes = freeBytesOf(config.dataDir);
  const ownDatabase = !config.databaseUrl;
  const facts = { disk, freeBytes, startedAt: deps.clock.now() };
  const machine = deps.machine ?? machineOf({ dataDir: config.dataDir, ownDatabase }, facts);
  const secure = config.tls !== null || (config.publicUrl ?? '').startsWith('https:');
  const files = { appDir, pastAssetsDir, workerOff };
  const app = createApp({ ...deps, ...files, database, disk, machine, secure });
  // A database of one's own has its own administrator, and often several of these servers.
  if (ownDatabase) undo.push(startNightly({ ...deps, ...place, disk, freeBytes, every }));
  undo.push(startRetention({ ...deps, database, disk, every }));
  const { port, serve } = listening.value;
  serve(app.fetch);
  const url = `${config.tls ? 'https' : 'http'}://localhost:${port}`;
  const links = invitations.map(({ role, secret }) => ({
    role,
    url: `${config.publicUrl ?? url}/join#${secret}`,
  }));
  return ok({ port, url, invitations: links, database });
}

/** The embedded database lies there; of another one's disk nothing is known here. */
function diskOf({ databaseUrl, dataDir }: Config, { clock, log }: StartDeps): Disk {
  if (databaseUrl) return DISK_UNKNOWN;
  return createDisk(freeBytesOf(dataDir), clock, (isLow) =>
    isLow
      ? log.error('the disk is nearly full: records are not taken until there is room')
      : log.info('there is room on the disk again'),
  );
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms).unref();
  return () => clearInterval(timer);
}

/** A statement that waits for a lock must not keep PostgreSQL from being stopped: that cuts it. */
function closeInTime(database: Database): Promise<void> {
  return Promise.race([database.close(), sleep(CLOSE_LIMIT_MS, undefined, { ref: false })]);
}

async function lockFolder(dataDir: string): Promise<Result<() => void, string>> {
  const outcome = await takeLock(dataDir);
  if (outcome.state === 'held') return fail(sentence.held(outcome.pid, dataDir));
  if (outcome.state === 'refused') return fail(sentence.folder(dataDir, outcome.code));
  return ok(outcome.release);
}

interface Cluster {
  poolConfig: pg.PoolConfig;
  /** Null where the database is not ours to stop. */
  stop: (() => Promise<void>) | null;
}

async function openCluster(config: Config, log: Logger): Promise<Result<Cluster, string>> {
  const { databaseUrl, dataDir } = config;
  if (databaseUrl) return ok({ poolConfig: { connectionString: databaseUrl }, stop: null });
  const embedded = await startEmbedded({ dataDir, log: (line) => log.info(line) });
  if (!embedded.ok) return fail(embedded.error.message);
  return ok({ poolConfig: embedded.value.poolConfig, stop: embedded.value.stop });
}

/** Without a folder that can be written, past builds' files are missed, nothing else. */
async function pastAssets({ appDir, dataDir }: Config, { clock, log }: StartDeps) {
  try {
    await keepAssets({ appDir, dataDir, now: clock.now() });
    return join(dataDir, 'assets');
  } catch {
    log.warn('past assets are not kept');
    return null;
  }
}
