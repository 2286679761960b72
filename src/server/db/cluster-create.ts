/** Makes a new cluster beside its place and renames it there, so that a half-made one is never used. */
import { spawnSync } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, type Result } from '#lib/result.ts';
import type { ClusterBinaries } from './cluster-binaries.ts';
import { clusterFailure, fileFailure, type EmbeddedError } from './cluster-errors.ts';
import { runOptions, type ClusterPlace } from './cluster-place.ts';
import { INITDB_ARGUMENTS } from './cluster-settings.ts';

/** Makes the cluster where there is none; refuses one of another major version. */
export function ensureCluster(
  place: ClusterPlace,
  binaries: ClusterBinaries,
): Result<'made' | 'found', EmbeddedError> {
  const versionFile = join(place.pgDir, 'PG_VERSION');
  if (!existsSync(versionFile)) return makeCluster(place, binaries);
  const major = readFileSync(versionFile, 'utf8').trim();
  if (major === binaries.major) return ok('found');
  return clusterFailure('cluster.version', `${major} ≠ ${binaries.major}`);
}

function makeCluster(
  place: ClusterPlace,
  binaries: ClusterBinaries,
): Result<'made', EmbeddedError> {
  const half = join(place.dataDir, 'pg.new');
  try {
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { mode: 0o700 });
    if (place.user) chownSync(half, place.user.uid, place.user.gid);
    if (!initdb(place, binaries, half)) return clusterFailure('cluster.initdb', place.logFile);
    renameSync(half, place.pgDir);
    return ok('made');
  } catch (error) {
    return fileFailure(error, place.dataDir);
  }
}

function initdb(place: ClusterPlace, binaries: ClusterBinaries, half: string): boolean {
  const secret = mkdtempSync(join(tmpdir(), 'rixue-initdb-'));
  const passwordFile = join(secret, 'password');
  const run = runOptions(place, half);
  try {
    writeFileSync(passwordFile, place.password, { mode: 0o600 });
    for (const path of [secret, passwordFile])
      if (place.user) chownSync(path, place.user.uid, place.user.gid);
    const folder = ['-D', run.path, `--pwfile=${passwordFile}`];
    const program = join(binaries.root, 'bin', 'initdb');
    return spawnSync(program, [...folder, ...INITDB_ARGUMENTS], run.options).status === 0;
  } finally {
    rmSync(secret, { recursive: true, force: true });
    run.opened.forEach(closeSync);
  }
}
