import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '#server/db/migrate.ts';
import { migrations } from '#server/db/migration-list.ts';
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
  for (const migration of migrations) {
    const statements = migration.sql.split(/;\n(?=\n?create|\n?alter)/);
    for (let kept = 0; kept < statements.length; kept += 1) {
      await client.query('drop schema public cascade; create schema public');
      const before = migrations.slice(0, migrations.indexOf(migration));
      await migrate(client, { list: before });
      const at = await schema();
      const broken = `${statements.slice(0, kept).join(';\n')};\nselect 1 / 0`;
      const list = [...before, { ...migration, sql: broken }];
      await expect(migrate(client, { list })).rejects.toThrow();
      expect(await schema()).toEqual(at);
      expect((await migrate(client)).ok).toBe(true);
    }
  }
});

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
