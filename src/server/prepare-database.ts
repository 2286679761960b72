/**
 * From a reachable PostgreSQL to one that requests may use: migrations, the lesser role, the county.
 * Two servers on one database take turns; the second finds everything done.
 */
import type pg from 'pg';
import { fail, ok, type Result } from '#lib/result.ts';
import { prepareAppRole } from './db/app-role.ts';
import { findCounty } from './db/county.ts';
import { openDatabase, type Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import type { Sources } from './db/server-records.ts';
import { withStartupLock } from './db/startup-lock.ts';
import { sentence } from './sentences.ts';
import type { MadeInvitation } from './tasks/invite.ts';
import { seedDemo } from './tasks/seed-demo.ts';
import { seedEmpty } from './tasks/seed-empty.ts';

/** What to make of a database without a county: as asked, else the demonstration where `open` says it is safe. */
export interface SeedWish {
  seed: 'demo' | 'empty' | null;
  /** Whether an empty database may become the demonstration county without being asked. */
  demoByDefault: boolean;
}

export interface Prepared {
  database: Database;
  /** Only where the county was made now. */
  invitations: MadeInvitation[];
}

/** Opens and prepares; the sentence of an expected failure, with everything closed again. */
export async function prepareDatabase(
  config: pg.PoolConfig,
  wish: SeedWish,
  sources: Sources,
): Promise<Result<Prepared, string>> {
  let database: Database | null = null;
  try {
    const opened = (database = openDatabase(config));
    const prepared = await withStartupLock(opened.pool, (client) =>
      prepare(opened, client, wish, sources),
    );
    if (!prepared.ok) await opened.close();
    return prepared;
  } catch (error) {
    await database?.close();
    return fail(sentence.database(reasonOf(error)));
  }
}

async function prepare(
  database: Database,
  client: pg.ClientBase,
  wish: SeedWish,
  sources: Sources,
): Promise<Result<Prepared, string>> {
  const migrated = await migrate(client);
  if (!migrated.ok) {
    const { code, name } = migrated.error;
    return fail(
      code === 'schema.newer' ? sentence.schemaNewer(name) : sentence.schemaChanged(name),
    );
  }
  const ready = { ...database, appRole: await prepareAppRole(client) };
  const county = await findCounty(ready.db);
  if (county) {
    const mixed = wish.seed !== null && (wish.seed === 'demo') !== county.demo;
    if (mixed) return fail(sentence.otherCounty(county.demo));
    return ok({ database: ready, invitations: [] });
  }
  const seed = wish.seed ?? (wish.demoByDefault ? 'demo' : null);
  if (!seed) return fail(sentence.seedNeeded());
  const deps = { ...sources, database: ready };
  const invitations = await (seed === 'demo' ? seedDemo(deps) : seedEmpty(deps));
  return ok({ database: ready, invitations });
}

/** Codes of Node and PostgreSQL are short and hold no password; a message may. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code || (error instanceof Error ? error.name : 'error');
}
