/** `npm run retention -- [--dry]`: erases by age now, or says what it would, beside the running server or without it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { civilDay } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { findCounty } from '#server/db/county.ts';
import { openDatabase, type Database } from '#server/db/database.ts';
import { beginAgain } from '#server/db/retention-runs.ts';
import type { Sources } from '#server/db/server-records.ts';
import { withDatabase } from '#server/tasks/with-database.ts';
import { countPeriods, keepPeriods } from './retention.ts';
import { retentionSentence } from './sentences.ts';

/** Runs it; the line to print, or the sentence of what stood in the way. */
export async function runRetentionCommand(
  args: readonly string[],
  env: Record<string, string | undefined>,
  sources: Sources,
): Promise<Result<string, string>> {
  const dry = args[0] === '--dry';
  if (args.length > (dry ? 1 : 0)) return fail(retentionSentence.usage());
  const dataDir = env['DATA_DIR'] || './var';
  const url = env['DATABASE_URL'];
  if (!url && !existsSync(join(dataDir, 'pg'))) return fail(retentionSentence.noCounty(dataDir));
  return withDatabase<string>({ dataDir, url, beside: true }, async (poolConfig) => {
    const database = openDatabase(poolConfig, null);
    try {
      if (!(await knowsRetention(database))) return fail(retentionSentence.older());
      const county = await findCounty(database.db);
      if (!county) return fail(retentionSentence.noCounty(dataDir));
      const run = { county: county.id, day: civilDay(sources.clock.now()) };
      if (dry) return ok(retentionSentence.would(await countPeriods(database, run)));
      await beginAgain(database, run);
      const took = await keepPeriods({ ...sources, database }, run);
      return took ? ok(retentionSentence.done(took)) : fail(retentionSentence.busy());
    } finally {
      await database.close();
    }
  });
}

async function knowsRetention({ db }: Database): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('retention_runs') is not null as there`.execute(db);
  return rows[0]?.there ?? false;
}
