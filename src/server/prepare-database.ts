/**
 * From a reachable PostgreSQL to one that requests may use: migrations, the lesser role, the county.
 * Two servers on one database take turns; the second finds everything done.
 */
import { sql } from 'kysely';
import type pg from 'pg';
import { civilDay } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { prepareAppRole } from './db/app-role.ts';
import { findCounty } from './db/county.ts';
import { openDatabase, type Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import type { Sources } from './db/server-records.ts';
import { withStartupLock } from './db/startup-lock.ts';
import { sentence } from './sentences.ts';
import { writeAutomatic, type AutomaticPlace } from './tasks/backup/automatic.ts';
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

/** Prepares and opens; the sentence of an expected failure, with everything closed again. */
export async function prepareDatabase(
  place: AutomaticPlace,
  wish: SeedWish,
  sources: Sources,
): Promise<Result<Prepared, string>> {
  const config = place.poolConfig;
  let owner: Database | null = null;
  try {
    const opened = (owner = openDatabase(config, null));
    const prepared = await withStartupLock(opened.pool, async (client) => {
      const migrated = await migrateSafely(client, place, sources.clock.now());
      return migrated ? fail(migrated) : prepare(opened, client, wish, sources);
    });
    if (!prepared.ok) return prepared;
    const { appRole, invitations } = prepared.value;
    // Requests never hold a connection that was the owner's.
    return ok({ database: openDatabase(config, appRole), invitations });
  } catch (error) {
    return fail(sentence.database(reasonOf(error)));
  } finally {
    await owner?.close();
  }
}

/** Null, or the sentence: what cannot be undone is not begun without a way back. */
async function migrateSafely(
  client: pg.ClientBase,
  place: AutomaticPlace,
  now: number,
): Promise<string | null> {
  const migrated = await migrate(client, { before: () => backUp(place, now) });
  if (migrated.ok) return null;
  const { code, name } = migrated.error;
  if (code === 'migration.stopped') return sentence.backupBefore(place.dataDir, name);
  return code === 'schema.newer' ? sentence.schemaNewer(name) : sentence.schemaChanged(name);
}

async function backUp(place: AutomaticPlace, now: number): Promise<string | null> {
  const written = await writeAutomatic(place, now);
  return written.ok ? null : written.error.detail;
}

async function prepare(
  owner: Database,
  client: pg.ClientBase,
  wish: SeedWish,
  sources: Sources,
): Promise<Result<{ appRole: string | null; invitations: MadeInvitation[] }, string>> {
  const appRole = await prepareAppRole(client);
  const county = await findCounty(owner.db);
  if (county) {
    const mixed = wish.seed !== null && (wish.seed === 'demo') !== county.demo;
    if (mixed) return fail(sentence.otherCounty(county.demo));
    const behind = await clockBehind(owner, sources.clock.now());
    return behind ? fail(behind) : ok({ appRole, invitations: [] });
  }
  const seed = wish.seed ?? (wish.demoByDefault ? 'demo' : null);
  if (!seed) return fail(sentence.seedNeeded());
  const deps = { ...sources, database: { ...owner, appRole } };
  const invitations = await (seed === 'demo' ? seedDemo(deps) : seedEmpty(deps));
  return ok({ appRole, invitations });
}

/** A clock set a little late is no harm; zones and hasty hands make whole hours. */
const CLOCK_SLACK_MS = 86_400_000;

/**
 * A machine without a battery wakes up years ago. Every role would then begin in the future, and
 * phones would put their rolls away as if the roles had ended: better not to answer at all.
 */
async function clockBehind({ db }: Database, now: number): Promise<string | null> {
  const { rows } = await sql<{ newest: number | null }>`
    select max(r.received) as newest from scopes s
    join records r on r.scope = s.scope and r.n = s.n where s.kind <> 'person'`.execute(db);
  const newest = rows[0]?.newest ?? 0;
  return now + CLOCK_SLACK_MS < newest
    ? sentence.clockBehind(civilDay(now), civilDay(newest))
    : null;
}

/** Codes of Node and PostgreSQL are short and hold no password; a message may. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code || (error instanceof Error ? error.name : 'error');
}
