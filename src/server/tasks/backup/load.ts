/**
 * Reads the lines of a dump (dump.ts) into an empty database.
 *
 * Promises: one transaction, so that an interrupted restore leaves nothing; the tables are those of
 * the backup (a later program's start migrates them); the county gets another epoch, by which every
 * phone notices that the server went back, fetches from 0 and sends what it holds again; the chain of
 * acts goes on with the restore itself.
 */
import type pg from 'pg';
import { appendOwnersAct, countyWithActs } from '#server/db/acts.ts';
import { makeSchema } from '#server/db/migrate.ts';
import { BackupError } from './backup-errors.ts';
import { BACKUP_FORMAT, type BackupHead } from './dump.ts';

/** What was read back. */
export interface Loaded {
  /** When the backup was made, ms. */
  made: number;
  rows: number;
}

/** Rows of one statement: few round trips, and never more than some MB of text. */
const INSERT_ROWS = 500;

/**
 * Loads the lines; `epoch` is the county's new one, `now` the server's time (ms). `client` is the
 * owner's. Throws a BackupError.
 */
export async function loadLines(
  client: pg.ClientBase,
  lines: AsyncIterable<string>,
  { epoch, now }: { epoch: string; now: number },
): Promise<Loaded> {
  await client.query('begin');
  try {
    await expectEmpty(client);
    const iterator = lines[Symbol.asyncIterator]();
    const head = headOf((await iterator.next()).value);
    const made = await makeSchema(client, head.migrations);
    if (!made.ok) {
      const code = made.error.code === 'schema.newer' ? 'backup.newer' : 'backup.changed';
      throw new BackupError(code, made.error.name);
    }
    const rows = await insertAll(client, { [Symbol.asyncIterator]: () => iterator });
    await client.query('update county set epoch = $1', [epoch]);
    await noteRestore(client, { made: head.made, rows }, now);
    await client.query('commit');
    return { made: head.made, rows };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** A backup from before there were acts has no table of them; its epoch still says that it was restored. */
async function noteRestore(client: pg.ClientBase, loaded: Loaded, now: number): Promise<void> {
  const scope = await countyWithActs(client);
  if (scope === null) return;
  await appendOwnersAct(client, { kind: 'restore', scope, detail: { ...loaded } }, now);
}

async function expectEmpty(client: pg.ClientBase): Promise<void> {
  const { rowCount } = await client.query(
    `select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' limit 1`,
  );
  if (rowCount) throw new BackupError('backup.not-empty');
}

function headOf(line: unknown): BackupHead {
  try {
    const head = JSON.parse(String(line)) as BackupHead;
    if (head.rixue !== 'backup') throw new BackupError('backup.damaged');
    if (head.format > BACKUP_FORMAT) throw new BackupError('backup.newer', `${head.format}`);
    return head;
  } catch (error) {
    if (error instanceof SyntaxError) throw new BackupError('backup.damaged');
    throw error;
  }
}

/** Every row into its table; how many there were. */
async function insertAll(client: pg.ClientBase, lines: AsyncIterable<string>): Promise<number> {
  const tables: string[] = [];
  let waiting: string[] = [];
  let rows = 0;
  const flush = async () => {
    const table = tables.at(-1);
    if (table === undefined || waiting.length === 0) return;
    const insert = `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`;
    await client.query(insert, [`[${waiting.join(',')}]`]);
    waiting = [];
  };
  for await (const line of lines) {
    const text = line.slice(2);
    if (line.startsWith('r ')) {
      rows += 1;
      if (waiting.push(text) >= INSERT_ROWS) await flush();
    } else {
      await flush();
      const before = tables.at(-1);
      if (before !== undefined) await forceSecurity(client, before, true);
      if (line.startsWith('e ')) return expectEnd(text, { tables: tables.length, rows });
      tables.push(quoted(text));
      await forceSecurity(client, quoted(text), false);
    }
  }
  throw new BackupError('backup.damaged');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The owner is under row-level security too (0001-records); for this transaction it writes every scope. */
async function forceSecurity(client: pg.ClientBase, table: string, force: boolean): Promise<void> {
  const { rows } = await client.query<{ on: boolean }>(
    'select relrowsecurity as on from pg_class where oid = to_regclass($1)',
    [table],
  );
  if (rows[0]?.on)
    await client.query(`alter table ${table} ${force ? '' : 'no '}force row level security`);
}

function expectEnd(text: string, found: { tables: number; rows: number }): number {
  if (text !== JSON.stringify(found)) throw new BackupError('backup.damaged');
  return found.rows;
}
