/**
 * The embedded PostgreSQL: real, durable, one cluster under DATA_DIR/pg, nothing to install.
 *
 * Promises: a cluster exists whole or not at all (made beside, then renamed); one folder has one
 * postmaster; a postmaster that outlived its server is taken over with all it committed; what was
 * acknowledged is on the disk (fsync is on); the programs never run as root; the password is random
 * and lies in a file of mode 600; `stop` ends within 4.5 s.
 */
import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { ok, type Result } from '#lib/result.ts';
import { findBinaries, reachableBinaries, type ClusterBinaries } from './cluster-binaries.ts';
import { askCluster, chooseAddress, connectionTo } from './cluster-connect.ts';
import { ensureCluster } from './cluster-create.ts';
import { clusterFailure, fileFailure, type EmbeddedError } from './cluster-errors.ts';
import { openPlace, runOptions, turnLog, type ClusterPlace } from './cluster-place.ts';
import { clearDeadPidFile, isAlive, livingPostmaster, stopPostmaster } from './cluster-process.ts';
import { postgresArguments, type ClusterAddress } from './cluster-settings.ts';

/** A running cluster: settings for a pool, the same as a URL, whether it was taken over, and its end. */
export interface EmbeddedCluster {
  poolConfig: pg.PoolConfig;
  url: string;
  pid: number;
  adopted: boolean;
  stop(): Promise<void>;
}

export type { EmbeddedError };

interface EmbeddedOptions {
  dataDir: string;
  /** Receives one plain line for what an administrator may want to know. */
  log: (line: string) => void;
}

/** Recovery after a power cut replays at most max_wal_size, seconds even on a slow disk. */
const START_LIMIT_MS = 120_000;
/** A postmaster that was left behind is ready, or it is ending; either takes seconds. */
const ADOPT_LIMIT_MS = 15_000;
const POLL_MS = 25;
/** Back ends of a killed postmaster notice within a second or two; until then a start is refused. */
const START_ATTEMPTS = 5;
const ATTEMPT_PAUSE_MS = 1000;

/** Starts (or takes over) the cluster under `dataDir`; expected failures carry a sentence to print. */
export async function startEmbedded(
  options: EmbeddedOptions,
): Promise<Result<EmbeddedCluster, EmbeddedError>> {
  const binaries = findBinaries();
  if (!binaries.ok) return binaries;
  const place = openPlace(options.dataDir);
  if (!place.ok) return place;
  const adopted = await adopt(place.value, options.log);
  if (adopted) return adopted;
  const { user } = place.value;
  return launch(
    place.value,
    user ? reachableBinaries(binaries.value, user) : binaries.value,
    options,
  );
}

/** The way to a cluster that another process runs under `dataDir`; null where none runs. */
export async function findRunning(
  dataDir: string,
): Promise<Result<pg.PoolConfig | null, EmbeddedError>> {
  const place = openPlace(dataDir);
  if (!place.ok) return place;
  const found = await adopt(place.value, () => undefined);
  if (!found) return ok(null);
  return found.ok ? ok(found.value.poolConfig) : found;
}

async function adopt(place: ClusterPlace, log: EmbeddedOptions['log']) {
  for (let waited = 0; waited < ADOPT_LIMIT_MS; waited += POLL_MS) {
    const living = livingPostmaster(place.pgDir);
    if (!living) return null;
    const connection = connectionTo(living.address, place.password);
    const answer = await askCluster(connection.poolConfig);
    if (answer === 'password')
      return clusterFailure('cluster.password', join(place.dataDir, 'pg-password'));
    if (answer === 'ready') {
      log(
        `接管仍在运行的数据库（进程 ${living.pid}）。Took over the running database (process ${living.pid}).`,
      );
      return running(living.pid, connection, true);
    }
    await sleep(POLL_MS);
  }
  return clusterFailure('cluster.busy', `${livingPostmaster(place.pgDir)?.pid ?? '?'}`);
}

async function launch(
  place: ClusterPlace,
  binaries: ClusterBinaries,
  { log }: EmbeddedOptions,
): Promise<Result<EmbeddedCluster, EmbeddedError>> {
  const cluster = ensureCluster(place, binaries);
  if (!cluster.ok) return cluster;
  if (cluster.value === 'made')
    log(`建好数据库 ${place.pgDir}。Created the database in ${place.pgDir}.`);
  try {
    clearDeadPidFile(place.pgDir);
    turnLog(place);
    const address = await chooseAddress(place.pgDir);
    for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
      const started = await launchOnce(place, binaries, address, log);
      if (started) return started;
      await sleep(ATTEMPT_PAUSE_MS);
    }
    return clusterFailure('cluster.start', place.logFile);
  } catch (error) {
    return fileFailure(error, place.dataDir);
  }
}

/** One start; null when the postmaster ended before it was ready. */
async function launchOnce(
  place: ClusterPlace,
  binaries: ClusterBinaries,
  address: ClusterAddress,
  log: EmbeddedOptions['log'],
) {
  const pid = spawnPostmaster(place, binaries, address, log);
  const connection = connectionTo(address, place.password);
  for (let waited = 0; waited < START_LIMIT_MS && isAlive(pid); waited += POLL_MS) {
    const answer = await askCluster(connection.poolConfig);
    if (answer === 'ready') return running(pid, connection, false);
    if (answer === 'password') {
      await stopPostmaster(pid);
      return clusterFailure('cluster.password', join(place.dataDir, 'pg-password'));
    }
    await sleep(POLL_MS);
  }
  await stopPostmaster(pid);
  return null;
}

function spawnPostmaster(
  place: ClusterPlace,
  binaries: ClusterBinaries,
  address: ClusterAddress,
  log: EmbeddedOptions['log'],
): number {
  const run = runOptions(place, place.pgDir);
  const program = join(binaries.root, 'bin', 'postgres');
  // Detached: a Ctrl-C at the terminal must reach the server first, which then drains and stops this.
  const child = spawn(program, postgresArguments(run.path, address), {
    ...run.options,
    detached: true,
  });
  run.opened.forEach(closeSync);
  child.on('error', (error) => log(`数据库程序不能运行。Cannot run ${program}: ${error.message}`));
  child.on('exit', (code) => code && log(`数据库已停止（${code}）。The database ended (${code}).`));
  child.unref();
  return child.pid ?? 0;
}

function running(pid: number, connection: ReturnType<typeof connectionTo>, adopted: boolean) {
  return ok({ ...connection, pid, adopted, stop: () => stopPostmaster(pid) });
}
