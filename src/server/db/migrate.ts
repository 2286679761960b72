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

/** newer: made by a later version · changed: a migration of the same name with other content. */
export type MigrateError = { code: 'schema.newer' | 'schema.changed'; name: string };

/** Applies what is missing; the names that were applied now. `list` is handed in by tests of prefixes. */
export async function migrate(
  client: pg.ClientBase,
  list: readonly Migration[] = migrations,
): Promise<Result<string[], MigrateError>> {
  await client.query(
    `create table if not exists applied_migrations
       (name text primary key, hash text not null, applied timestamptz not null default now())`,
  );
  const { rows } = await client.query<{ name: string; hash: string }>(
    'select name, hash from applied_migrations order by name',
  );
  const problem = conflict(rows, list);
  if (problem) return fail(problem);
  const missing = list.filter(({ name }) => rows.every((row) => row.name !== name));
  for (const migration of missing) await apply(client, migration);
  return ok(missing.map(({ name }) => name));
}

function conflict(
  applied: readonly { name: string; hash: string }[],
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
    await client.query(migration.sql);
    await client.query('insert into applied_migrations (name, hash) values ($1, $2)', [
      migration.name,
      hashOf(migration),
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function hashOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}
