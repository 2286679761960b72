/**
 * What a backup holds: the whole database as lines of text, read in one REPEATABLE READ transaction,
 * so that writers go on and the lines show one moment.
 *
 * The first line is the head (JSON), then for each table `t NAME` and its rows `r {…}` as JSON with
 * the columns' names, at the end `e {"tables": …, "rows": …}`. Rows are JSON of PostgreSQL's own
 * making, so that any version of it reads them back and no number passes through JavaScript.
 * Promise: a dump that ends is complete: the records of each scope are counted against its head.
 */
import type pg from 'pg';
import { appliedMigrations } from '#server/db/migrate.ts';
import { BackupError } from './backup-errors.ts';

/** The lines' form; a program reads its own and earlier ones. */
export const BACKUP_FORMAT = 1;

export interface BackupHead {
  rixue: 'backup';
  format: number;
  /** Server time, ms. */
  made: number;
  /** What the tables look like: the database's migrations in their order. */
  migrations: { name: string; hash: string }[];
}

/** Rows that are fetched at once: a few hundred kB. */
const FETCH_ROWS = 500;
/** Scopes that are made visible at once: row-level security compares each row with each of them. */
const SCOPES_AT_ONCE = 200;

/** The lines, without their ends. `client` is the owner's, used for nothing else meanwhile. */
export async function* dumpLines(client: pg.ClientBase, made: number): AsyncGenerator<string> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const { rowCount } = await client.query(
      `select from pg_class where oid = to_regclass('applied_migrations')`,
    );
    if (!rowCount) throw new BackupError('backup.nothing');
    const migrations = await appliedMigrations(client);
    const head: BackupHead = { rixue: 'backup', format: BACKUP_FORMAT, made, migrations };
    yield JSON.stringify(head);
    const tables = await listTables(client);
    let rows = 0;
    for (const table of tables) {
      yield `t ${table.name}`;
      let count = 0;
      for await (const row of tableRows(client, table)) {
        count += 1;
        yield `r ${row}`;
      }
      if (table.name === 'records') await expectAll(client, count);
      rows += count;
    }
    yield `e ${JSON.stringify({ tables: tables.length, rows })}`;
  } finally {
    // The connection may be the reason that we end: then there is nothing to give back.
    await client.query('rollback').catch(() => undefined);
  }
}

interface Table {
  name: string;
  /** Quoted, for SQL. */
  quoted: string;
  /** Row-level security hides rows of scopes that are not named, from the owner too. */
  hidden: boolean;
}

/** Every table but the list of migrations, which a restore writes itself. */
async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name, quote_ident(c.relname) as quoted,
      c.relrowsecurity and not exists (
        select from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname
          and p.cmd in ('SELECT', 'ALL') and p.qual = 'true') as hidden
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and c.relname <> 'applied_migrations' order by c.relname`);
  return rows;
}

async function* tableRows(client: pg.ClientBase, table: Table): AsyncGenerator<string> {
  if (!table.hidden) {
    yield* fetchRows(client, `select row_to_json(t)::text as line from ${table.quoted} t`, []);
    return;
  }
  const scopes = await listScopes(client);
  for (let at = 0; at < scopes.length; at += SCOPES_AT_ONCE) {
    const some = scopes.slice(at, at + SCOPES_AT_ONCE);
    await client.query(`select set_config('rixue.scopes', $1, true)`, [some.join(',')]);
    const query = `select row_to_json(t)::text as line from ${table.quoted} t where scope = any ($1)`;
    yield* fetchRows(client, query, [some]);
  }
}

/** A device seals its person's chain, also where that person's scope has no record yet. */
async function listScopes(client: pg.ClientBase): Promise<string[]> {
  const devices = await client.query(`select from pg_class where oid = to_regclass('devices')`);
  const more = devices.rowCount ? 'union select scope from devices' : '';
  const { rows } = await client.query<{ scope: string }>(
    `select scope from scopes ${more} order by scope`,
  );
  return rows.map(({ scope }) => scope);
}

async function* fetchRows(
  client: pg.ClientBase,
  query: string,
  values: unknown[],
): AsyncGenerator<string> {
  await client.query(`declare rows_of_backup no scroll cursor for ${query}`, values);
  for (;;) {
    const { rows } = await client.query<{ line: string }>(
      `fetch ${FETCH_ROWS} from rows_of_backup`,
    );
    for (const { line } of rows) yield line;
    if (rows.length < FETCH_ROWS) break;
  }
  await client.query('close rows_of_backup');
}

/** Numbers of a scope are consecutive (append_records), so their heads tell how many rows there are. */
async function expectAll(client: pg.ClientBase, count: number): Promise<void> {
  const { rows } = await client.query<{ due: string }>(
    'select coalesce(sum(n), 0)::text as due from scopes',
  );
  const due = rows[0]?.due;
  if (String(count) !== due) throw new Error(`a backup of ${count} records where ${due} are due`);
}
