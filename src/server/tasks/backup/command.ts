/**
 * `npm run backup -- FILE` and `npm run restore -- FILE`. A backup is taken beside a running server or
 * with the server stopped; a restore wants an empty database and no server on it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { civilDay } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Sources } from '#server/db/server-records.ts';
import { forgetAudit } from '#server/tasks/audit/audit-note.ts';
import { withDatabase } from '#server/tasks/with-database.ts';
import { automaticKey } from './automatic.ts';
import { restoreBackup, type BackupPlace } from './backup-file.ts';
import { writeByHand } from './by-hand.ts';
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
  const database = { dataDir, url: env['DATABASE_URL'], beside: !restoring };
  return withDatabase(database, async (poolConfig) => {
    const place = { file, poolConfig, passphrase: typed ?? automaticKey(dataDir) };
    if (restoring) return restore(place, dataDir, sources);
    const written = await writeByHand(place, sources.clock.now());
    if (!written.ok) return fail(failureSentence(written.error, file));
    return ok(
      typed === null ? backupSentence.doneWithKey(file, dataDir) : backupSentence.done(file),
    );
  });
}

async function restore(
  place: BackupPlace,
  dataDir: string,
  sources: Sources,
): Promise<Result<string, string>> {
  const restored = await restoreBackup(place, sources);
  if (!restored.ok) return fail(failureSentence(restored.error, place.file));
  forgetAudit(dataDir);
  const { made, rows } = restored.value;
  return ok(backupSentence.restored(civilDay(made), rows));
}
