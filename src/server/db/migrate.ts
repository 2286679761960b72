/**
 * Brings a database to this program's schema.
 *
 * Promises: each migration is applied once, whole or not at all, in the order of the list, with its
 * name and hash written in the same transaction; two programs at once take turns (startup-lock.ts);
 * a database that holds a migration this program does not know, or knows otherwise, is refused and
 * left as it is.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { fail, ok, type Result } from '#lib/result.ts';
import { migrations, type Migration } from './migration-list.ts';

/**
 * newer: made by a later version · changed: a migration of the same name with other content ·
 * stopped: `before` said no, `name` is its reason.
 */
export type MigrateError = {
  code: 'schema.newer' | 'schema.changed' | 'migration.stopped';
  name: string;
};

/** A migration that a database holds, or a backup of one. */
export type AppliedMigration = Pick<Migration, 'name'> & { hash: string };

/** What tests and the start hand in. */
export interface MigrateOptions {
  /** All of this program's where left out. */
  list?: readonly Migration[];
  /** Called before the first change to a database that holds something; a reason stops the change. */
  before?: () => Promise<string | null>;
}

/** Applies what is missing; the names that were applied now. */
export async function migrate(
  client: pg.ClientBase,
  { list = migrations, before }: MigrateOptions = {},
): Promise<Result<string[], MigrateError>> {
  await client.query(MAKE_LIST);
  const applied = await appliedMigrations(client);
  const problem = conflict(applied, list);
  if (problem) return fail(problem);
  const missing = list.filter(({ name }) => applied.every((row) => row.name !== name));
  const stopped = missing.length > 0 && applied.length > 0 ? await before?.() : null;
  if (stopped != null) return fail({ code: 'migration.stopped', name: stopped });
  for (const migration of missing) await apply(client, migration);
  return ok(missing.map(({ name }) => name));
}

/** What the database holds, in the order of application. */
export async function appliedMigrations(client: pg.ClientBase): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'select name, hash from applied_migrations order by name',
  );
  return rows;
}

/**
 * Gives an empty database the tables that `applied` stands for, inside the caller's transaction:
 * a backup is read back into the tables that it was made from, whatever came later.
 */
export async function makeSchema(
  client: pg.ClientBase,
  applied: readonly AppliedMigration[],
): Promise<Result<null, MigrateError>> {
  const problem = conflict(applied, migrations);
  if (problem) return fail(problem);
  await client.query(MAKE_LIST);
  const names = applied.map(({ name }) => name);
  for (const migration of migrations.filter(({ name }) => names.includes(name)))
    await applyOpen(client, migration);
  return ok(null);
}

const MAKE_LIST = `create table if not exists applied_migrations
  (name text primary key, hash text not null, applied timestamptz not null default now())`;

function conflict(
  applied: readonly AppliedMigration[],
  list: readonly Migration[],
): MigrateError | null {
  for (const { name, hash } of applied) {
    const known = list.find((migration) => migration.name === name);
    if (!known) return { code: 'schema.newer', name };
    if (hashOf(known) !== hash) return { code: 'schema.changed', name };
  }
  return null;
}

async function apply(client: pg.ClientBase, migration: Migration) {
  await client.query('begin');
  try {
    await applyOpen(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function applyOpen(client: pg.ClientBase, migration: Migration) {
  await client.query(migration.sql);
  await client.query('insert into applied_migrations (name, hash) values ($1, $2)', [
    migration.name,
    hashOf(migration),
  ]);
}

function hashOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}
