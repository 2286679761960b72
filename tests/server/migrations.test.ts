import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '#server/db/migrate.ts';
import { migrations } from '#server/db/migration-list.ts';
import { isLong } from '#tests/support/long.ts';
import { startTestPostgres, type TestDatabase } from '#tests/support/postgres.ts';

let postgres: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  postgres = await startTestPostgres();
  client = new pg.Client(postgres.poolConfig);
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await postgres.stop();
});

const schema = async () =>
  (
    await client.query(
      `select table_name, column_name, data_type, is_nullable from information_schema.columns
       where table_schema = 'public' order by 1, 2`,
    )
  ).rows;

it('reaches the same schema from every prefix', async () => {
  await migrate(client);
  const whole = await schema();
  for (let length = 0; length <= migrations.length; length += 1) {
    await client.query('drop schema public cascade; create schema public');
    await migrate(client, { list: migrations.slice(0, length) });
    const rest = await migrate(client);
    expect(rest).toEqual({ ok: true, value: migrations.slice(length).map(({ name }) => name) });
    expect(await schema()).toEqual(whole);
  }
});

it('applies each once', async () => {
  await migrate(client);
  expect(await migrate(client)).toEqual({ ok: true, value: [] });
});

it('V-06 leaves nothing of a migration that was interrupted at any statement, and completes later', async () => {
  // Released steps are frozen: the short form breaks the newest ones.
  const newest = isLong ? migrations : migrations.slice(-NEWEST);
  for (const migration of newest) {
    const statements = statementsOf(migration.sql);
    expect(statements.join('')).toBe(migration.sql);
    const before = migrations.slice(0, migrations.indexOf(migration));
    for (let kept = 0; kept < statements.length; kept += 1) {
      // Each way at each statement in the long form, else in turn.
      for (const end of isLong ? ENDS : [ENDS[kept % ENDS.length]]) {
        await client.query('drop schema public cascade; create schema public');
        await migrate(client, { list: before });
        const at = await schema();
        const broken = `${statements.slice(0, kept).join('')}\n${end}`;
        const list = [...before, { ...migration, sql: broken }];
        await expect(withNewClient((own) => migrate(own, { list }))).rejects.toThrow();
        expect(await schema()).toEqual(at);
        // A restart is another connection.
        expect((await withNewClient((own) => migrate(own))).ok).toBe(true);
      }
    }
  }
}, 300_000);

/** As many as one release has brought so far. */
const NEWEST = 3;

/** How an interrupted statement ends: by an error, or with the whole connection, as at a kill -9. */
const ENDS = ['select 1 / 0', 'select pg_terminate_backend(pg_backend_pid())'];

/** Statements with what ends them; a semicolon within a function's body or a text ends none. */
function statementsOf(sql: string): string[] {
  const parts = sql.match(/(?:\$(\w*)\$[\s\S]*?\$\1\$|'[^']*'|[^;])*(?:;|$)/g) ?? [];
  return parts.flatMap((part, i) => {
    const isLast = parts.slice(i + 1).every((rest) => rest.trim() === '');
    return part.trim() === '' ? [] : [isLast ? part + parts.slice(i + 1).join('') : part];
  });
}

async function withNewClient<T>(work: (own: pg.Client) => Promise<T>): Promise<T> {
  const own = new pg.Client(postgres.poolConfig);
  own.on('error', () => undefined); // cut on purpose
  await own.connect();
  return work(own).finally(() => own.end());
}

it('refuses a database of a newer version, and one whose step was changed, and leaves it as it is', async () => {
  await migrate(client);
  const fewer = await migrate(client, { list: migrations.slice(0, 1) });
  expect(fewer).toEqual({ ok: false, error: { code: 'schema.newer', name: migrations[1]?.name } });
  const edited = migrations.map((migration) => ({ ...migration, sql: `${migration.sql} ` }));
  expect(await migrate(client, { list: edited })).toEqual({
    ok: false,
    error: { code: 'schema.changed', name: migrations[0]?.name },
  });
});
