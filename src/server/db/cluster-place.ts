/** The files of one cluster under DATA_DIR, and how a PostgreSQL program of its user is run on them. */
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, renameSync } from 'node:fs';
import { openSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ok, type Result } from '#lib/result.ts';
import { clusterFailure, fileFailure, type EmbeddedError } from './cluster-errors.ts';
import { makeFolder } from './cluster-lock.mjs';
import { canReach, clusterUser, type ClusterUser } from './cluster-user.ts';

/** Where one cluster lives and who runs it (null: the user of this process). */
export interface ClusterPlace {
  dataDir: string;
  pgDir: string;
  logFile: string;
  password: string;
  user: ClusterUser | null;
}

/** The log holds warnings only; beyond this size the old one is kept once and a new one begun. */
const LOG_LIMIT_BYTES = 5_000_000;
/** The number under which a program finds the folder that we opened for it. */
const FOLDER_FD = 3;

/** Makes DATA_DIR and the password where they are missing; refuses what cannot be written. */
export function openPlace(folder: string): Result<ClusterPlace, EmbeddedError> {
  const dataDir = resolve(folder);
  const pgDir = join(dataDir, 'pg');
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    const user = clusterUser(pgDir);
    if (user === 'none') return clusterFailure('cluster.no-user');
    if (!user && isForeign(pgDir)) return clusterFailure('cluster.owner', pgDir);
    const logFile = join(dataDir, 'postgres.log');
    const password = readOrMakePassword(join(dataDir, 'pg-password'));
    return ok({ dataDir, pgDir, logFile, password, user });
  } catch (error) {
    return fileFailure(error, dataDir);
  }
}

/** How a program is started so that it can use `folder`: the path it is told, and spawn's options. */
export interface RunOptions {
  path: string;
  /** Descriptors to close once the program has started. */
  opened: number[];
  options: {
    cwd: string;
    env: Record<string, string>;
    stdio: ('ignore' | number)[];
    uid?: number;
    gid?: number;
  };
}

/**
 * Options to run a program as the cluster's user on `folder`, its output going to the log file (so
 * that it outlives this process). Where that user cannot pass a folder above (a clone under a 700
 * home), root opens `folder` for it and hands the descriptor on: Linux then needs no rights above.
 */
export function runOptions(place: ClusterPlace, folder: string): RunOptions {
  const log = openSync(place.logFile, 'a', 0o600);
  const closed =
    place.user && !canReach(place.user, dirname(folder)) && process.platform === 'linux';
  const handed = closed ? [openSync(folder, 'r')] : [];
  const env = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '/usr/bin:/bin' };
  return {
    path: closed ? `/proc/self/fd/${FOLDER_FD}` : folder,
    opened: [log, ...handed],
    options: { cwd: '/', env, stdio: ['ignore', log, log, ...handed], ...place.user },
  };
}

/** Begins a new log once the old one has grown large. */
export function turnLog({ logFile }: ClusterPlace) {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.old`);
}

function isForeign(pgDir: string): boolean {
  const owner = statSync(pgDir, { throwIfNoEntry: false })?.uid;
  return owner !== undefined && process.getuid !== undefined && owner !== process.getuid();
}

function readOrMakePassword(file: string): string {
  if (!existsSync(file))
    writeFileSync(file, randomBytes(32).toString('base64url'), {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
  return readFileSync(file, 'utf8').trim();
}
