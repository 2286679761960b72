/** The database of a command at the terminal: that of DATABASE_URL, or the one in the data folder. */
import type pg from 'pg';
import { fail, ok, type Result } from '#lib/result.ts';
import { takeLock } from '#server/db/cluster-lock.mjs';
import { findRunning, startEmbedded } from '#server/db/embedded.ts';
import { sentence } from '#server/sentences.ts';

type Work<T> = (poolConfig: pg.PoolConfig) => Promise<Result<T, string>>;

export interface CommandPlace {
  dataDir: string;
  /** DATABASE_URL; empty or left out for the embedded database. */
  url: string | undefined;
  /** Whether a server may have the folder: its database is used as it runs, and left running. */
  beside: boolean;
}

/** Runs `work` on the database as its owner; the sentence of what stood in the way. */
export async function withDatabase<T>(
  { dataDir, url, beside }: CommandPlace,
  work: Work<T>,
): Promise<Result<T, string>> {
  if (url) return guarded(work, { connectionString: url });
  const lock = await takeLock(dataDir);
  if (lock.state === 'refused') return fail(sentence.folder(dataDir, lock.code));
  if (lock.state === 'taken') return withOwnCluster(dataDir, work).finally(lock.release);
  const running = beside ? await findRunning(dataDir) : ok(null);
  if (!running.ok) return fail(running.error.message);
  return running.value ? guarded(work, running.value) : fail(sentence.held(lock.pid, dataDir));
}

async function withOwnCluster<T>(dataDir: string, work: Work<T>): Promise<Result<T, string>> {
  const cluster = await startEmbedded({ dataDir, log: () => undefined });
  if (!cluster.ok) return fail(cluster.error.message);
  return guarded(work, cluster.value.poolConfig).finally(cluster.value.stop);
}

/** A database's error has a code of its own; its message may quote a row. Anything else is a bug. */
async function guarded<T>(work: Work<T>, poolConfig: pg.PoolConfig): Promise<Result<T, string>> {
  try {
    return await work(poolConfig);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return fail(sentence.database(String(error.code)));
  }
}
