/**
 * The PostgreSQL process and its pid file.
 *
 * Promises: what a killed server left behind is either a living postmaster of exactly this folder
 * (found by its working folder, not by its number, which a reboot or a container reuses) or a dead
 * pid file, which is neutralised but never deleted: PostgreSQL reads the shared-memory key in it and
 * so still refuses while orphaned back ends of the old server write.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SOCKET_PORT, type ClusterAddress } from './cluster-settings.ts';

/** Larger than any system's pid_max, so always a dead process. */
const NOBODYS_PID = 2_147_483_647;
/** A fast shutdown writes a checkpoint; the whole server has 5 s to end, the rest needs some of it. */
const FAST_SHUTDOWN_MS = 3500;
/** After an immediate shutdown (crash recovery at the next start) only the kernel is waited for. */
const IMMEDIATE_SHUTDOWN_MS = 800;
const POLL_MS = 20;

/** The postmaster that runs on `pgDir` now, or null; see the head of this file. */
export function livingPostmaster(pgDir: string): { pid: number; address: ClusterAddress } | null {
  const lines = pidFileLines(pgDir);
  const pid = Number(lines[0]);
  if (!isAlive(pid) || !worksIn(pid, pgDir)) return null;
  const port = Number(lines[3]);
  return { pid, address: lines[4] ? { socketDir: pgDir } : { port } };
}

/** Makes what a dead server left harmless, so that the next start is not refused. */
export function clearDeadPidFile(pgDir: string) {
  const file = join(pgDir, 'postmaster.pid');
  const lines = pidFileLines(pgDir);
  if (lines.length > 0 && isAlive(Number(lines[0])))
    writeFileSync(file, [NOBODYS_PID, ...lines.slice(1)].join('\n'));
  rmSync(join(pgDir, `.s.PGSQL.${SOCKET_PORT}`), { force: true });
  rmSync(join(pgDir, `.s.PGSQL.${SOCKET_PORT}.lock`), { force: true });
}

/** Ends the postmaster: fast (sessions are cut, data is written), then at once; returns when it is gone. */
export async function stopPostmaster(pid: number) {
  signal(pid, 'SIGINT');
  if (await isGone(pid, FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await isGone(pid, IMMEDIATE_SHUTDOWN_MS)) return;
  signal(pid, 'SIGKILL');
}

/** Whether a process of that number runs, whoever's it is. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ended, but its parent never asked: common where the first process of a container is not an init. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // no /proc here
  }
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += POLL_MS) {
    if (!isAlive(pid)) return true;
    await sleep(POLL_MS);
  }
  return !isAlive(pid);
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in between, which is what was wanted.
  }
}

function pidFileLines(pgDir: string): string[] {
  const file = join(pgDir, 'postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

/** A postmaster's working folder is its cluster; where /proc is missing its name has to do. */
function worksIn(pid: number, pgDir: string): boolean {
  try {
    if (existsSync('/proc/self/cwd'))
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(pgDir);
    return execFileSync('ps', ['-o', 'comm=', '-p', `${pid}`], { encoding: 'utf8' }).includes(
      'postgres',
    );
  } catch {
    return false; // another user's process, or gone: not ours
  }
}
