/**
 * `npm run backup -- FILE` and `npm run restore -- FILE`. A backup is taken beside a running server or
 * with the server stopped; a restore wants an empty database and no server on it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { civilDay } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { takeLock } from '#server/db/cluster-lock.mjs';
import { findRunning, startEmbedded } from '#server/db/embedded.ts';
import type { Sources } from '#server/db/server-records.ts';
import { sentence } from '#server/sentences.ts';
import { automaticKey } from './automatic.ts';
import { restoreBackup, writeBackup, type BackupPlace } from './backup-file.ts';
import { askPassphrase } from './passphrase.ts';
import { backupSentence, failureSentence } from './sentences.ts';

type Environment = Record<string, string | undefined>;

/** Whether the program's first argument asks for one of the two. */
export function isBackupCommand(name: string | undefined): boolean {
  return name === 'backup' || name === 'restore';
}

/** Runs it; the line to print, or the sentence of what stood in the way. */
export async function runBackupCommand(
  [name = '', file, ...more]: readonly string[],
  env: Environment,
  sources: Sources,
): Promise<Result<string, string>> {
  if (file === undefined || file.startsWith('-') || more.length > 0)
    return fail(backupSentence.usage(name));
  const dataDir = env['DATA_DIR'] || './var';
  const restoring = name === 'restore';
  if (!restoring && !env['DATABASE_URL'] && !existsSync(join(dataDir, 'pg')))
    return fail(backupSentence.noCounty(dataDir));
  const typed = await askPassphrase(env, restoring ? 'once' : 'twice');
  if (typed === 'differ') return fail(backupSentence.differ());
  if (typed === null && restoring && !existsSync(join(dataDir, 'backup-key')))
    return fail(backupSentence.noPassphrase());
  return withDatabase(dataDir, env['DATABASE_URL'], !restoring, async (poolConfig) => {
    const place = { file, poolConfig, passphrase: typed ?? automaticKey(dataDir) };
    if (restoring) return restore(place, sources);
    const written = await writeBackup(place, sources.clock.now());
    if (!written.ok) return fail(failureSentence(written.error, file));
    return ok(
      typed === null ? backupSentence.doneWithKey(file, dataDir) : backupSentence.done(file),
    );
  });
}

async function restore(place: BackupPlace, sources: Sources): Promise<Result<string, string>> {
  const restored = await restoreBackup(place, sources);
  if (!restored.ok) return fail(failureSentence(restored.error, place.file));
  const { made, rows } = restored.value;
  return ok(backupSentence.restored(civilDay(made), rows));
}

type Work = (poolConfig: pg.PoolConfig) => Promise<Result<string, string>>;

/** `beside`: a server may have the folder; its database is used as it runs, and left running. */
async function withDatabase(
  dataDir: string,
  url: string | undefined,
  beside: boolean,
  work: Work,
): Promise<Result<string, string>> {
  if (url) return guarded(work, { connectionString: url });
  const lock = await takeLock(dataDir);
  if (lock.state === 'refused') return fail(sentence.folder(dataDir, lock.code));
  if (lock.state === 'taken') return withOwnCluster(dataDir, work).finally(lock.release);
  const running = beside ? await findRunning(dataDir) : ok(null);
  if (!running.ok) return fail(running.error.message);
  return running.value ? guarded(work, running.value) : fail(sentence.held(lock.pid, dataDir));
}

async function withOwnCluster(dataDir: string, work: Work): Promise<Result<string, string>> {
  const cluster = await startEmbedded({ dataDir, log: () => undefined });
  if (!cluster.ok) return fail(cluster.error.message);
  return guarded(work, cluster.value.poolConfig).finally(cluster.value.stop);
}

/** A database's error has a code of its own; its message may quote a row. Anything else is a bug. */
async function guarded(work: Work, poolConfig: pg.PoolConfig): Promise<Result<string, string>> {
  try {
    return await work(poolConfig);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return fail(sentence.database(String(error.code)));
  }
}
