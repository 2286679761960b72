/**
 * Which user runs PostgreSQL. It refuses to run as root, so a server started as root hands it to an
 * unprivileged user; a server started by a normal user runs it as that user.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A user to switch to. */
export interface ClusterUser {
  uid: number;
  gid: number;
}

/** Best first: one made for this program, Debian's own, then the one every system has. */
const KNOWN_USERS = ['rixue', 'postgres'];
const LAST_RESORT = 'nobody';

/** Whether this process is root (never on systems without user ids). */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The user for the cluster in `pgDir`: null for "as we are", the owner of an existing cluster, else
 * a known or newly made system user; 'none' when root finds nobody to hand over to.
 */
export function clusterUser(pgDir: string): ClusterUser | null | 'none' {
  if (!isRoot()) return null;
  const owner = statSync(pgDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const known = KNOWN_USERS.map(passwdEntry).find(Boolean);
  return known ?? makeUser() ?? passwdEntry(LAST_RESORT) ?? 'none';
}

/** Whether that user may pass through every folder above `path` and into it; ACLs are not looked at. */
export function canReach(user: ClusterUser, path: string): boolean {
  const { mode, uid, gid } = statSync(path);
  const execute = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  const above = dirname(path);
  return (mode & execute) !== 0 && (above === path || canReach(user, above));
}

function passwdEntry(name: string): ClusterUser | undefined {
  const line = passwdLines().find((l) => l.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function passwdLines(): string[] {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return [];
  }
}

function makeUser(): ClusterUser | undefined {
  const shell = ['--shell', '/usr/sbin/nologin', '--no-create-home'];
  try {
    execFileSync('useradd', ['--system', ...shell, 'rixue'], { stdio: 'ignore' });
  } catch {
    return undefined; // no useradd, or a read-only /etc: the caller goes on to the next choice
  }
  return passwdEntry('rixue');
}
