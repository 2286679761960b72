/**
 * Why the embedded cluster could not start. Each code has one sentence for the administrator, in
 * Chinese and English on one line, which says what to do; no stack trace goes with it.
 */
import { fail } from '#lib/result.ts';

export type ClusterErrorCode =
  | 'cluster.platform'
  | 'cluster.musl'
  | 'cluster.binaries'
  | 'cluster.not-writable'
  | 'cluster.disk-full'
  | 'cluster.owner'
  | 'cluster.no-user'
  | 'cluster.version'
  | 'cluster.password'
  | 'cluster.initdb'
  | 'cluster.busy'
  | 'cluster.start';

/** An expected failure of the cluster: its code and the sentence to print. */
export interface EmbeddedError {
  code: ClusterErrorCode;
  message: string;
}

const ownServer = '请用 DATABASE_URL 指定一台 PostgreSQL（≥15）。';
const ownServerEn = 'Set DATABASE_URL to a PostgreSQL (15 or later) of your own.';

const sentences: Record<ClusterErrorCode, (detail: string) => string> = {
  'cluster.platform': (d) =>
    `这种机器（${d}）没有内置数据库。${ownServer} No built-in database for ${d}. ${ownServerEn}`,
  'cluster.musl': () =>
    `内置数据库需要 glibc，这个系统是 musl。${ownServer} The built-in database needs glibc, this system has musl. ${ownServerEn}`,
  'cluster.binaries': (d) =>
    `内置数据库的程序不完整（${d}），请删除 node_modules 再运行 npm start。The database programs are incomplete (${d}): delete node_modules and run npm start again.`,
  'cluster.not-writable': (d) =>
    `不能写入数据目录 ${d}，请换一个 DATA_DIR 或改权限。Cannot write to ${d}: choose another DATA_DIR or change its permissions.`,
  'cluster.disk-full': (d) =>
    `磁盘已满（${d}），请腾出空间。The disk is full (${d}): make room and start again.`,
  'cluster.owner': (d) =>
    `数据目录 ${d} 属于另一个用户，请用原来的用户启动。${d} belongs to another user: start as the user who made it.`,
  'cluster.no-user': () =>
    `PostgreSQL 不能以 root 运行，又找不到可用的普通用户，请用普通用户启动。PostgreSQL cannot run as root and no other user was found: start as a normal user.`,
  'cluster.version': (d) =>
    `数据目录是另一个大版本的 PostgreSQL（${d}），请用旧版程序备份，再在新目录恢复。The data folder is of another PostgreSQL major version (${d}): back up with the old release, then restore into a new folder.`,
  'cluster.password': (d) =>
    `数据库口令不对，请从备份取回 ${d}。The database password does not fit: bring ${d} back from your copy.`,
  'cluster.initdb': (d) =>
    `建库失败，原因见 ${d}。Creating the database failed, the reason is in ${d}.`,
  'cluster.busy': (d) =>
    `另一个 PostgreSQL（进程 ${d}）正占用数据目录，但没有回答，请先结束它。Another PostgreSQL (process ${d}) holds the data folder and does not answer: end it first.`,
  'cluster.start': (d) =>
    `数据库没有启动，原因见 ${d}。The database did not start, the reason is in ${d}.`,
};

/** The failure of that code; `detail` is what its sentence names (a path, a version, a pid). */
export function clusterFailure(code: ClusterErrorCode, detail = '') {
  return fail<EmbeddedError>({ code, message: sentences[code](detail) });
}

/** Turns what the file system refuses into a failure that names `path`; anything else is a bug and thrown on. */
export function fileFailure(error: unknown, path: string) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return clusterFailure('cluster.disk-full', path);
  const refused = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENOENT'];
  if (refused.includes(String(code))) return clusterFailure('cluster.not-writable', path);
  throw error;
}
