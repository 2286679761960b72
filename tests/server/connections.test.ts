/** The pool of requests under connections that are cut as they are made. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '#server/db/database.ts';
import { startTestPostgres } from '#tests/support/postgres.ts';

const APP_ROLE = 'rixue_app';
/** Connections to be cut before their first statement. */
let toCut = 0;

class Cut extends pg.Client {
  override query(...given: unknown[]): never {
    if (toCut > 0 && String(given[0]).startsWith('set role')) {
      toCut -= 1;
      (
        this as unknown as { connection: { stream: { destroy(): void } } }
      ).connection.stream.destroy();
    }
    return (super.query as (...all: unknown[]) => never)(...given);
  }
}

let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
beforeAll(async () => {
  postgres = await startTestPostgres();
  const owner = new pg.Client(postgres.poolConfig);
  await owner.connect();
  const made = await owner.query(`select from pg_roles where rolname = 'rixue_app'`);
  if (made.rowCount === 0) await owner.query('create role rixue_app nologin');
  await owner.end();
});
afterAll(() => postgres.stop());

it('V-01 a connection cut while it steps down to its role leaves its place to another', async () => {
  const limits = { max: 2, connectionTimeoutMillis: 2_000 };
  const database = openDatabase({ ...postgres.poolConfig, ...limits, Client: Cut }, APP_ROLE);
  const role = () => sql<{ role: string }>`select current_user as role`.execute(database.db);
  toCut = 4;
  for (let i = 0; i < 4; i += 1) await expect(role()).rejects.toThrow();
  expect((await role()).rows).toEqual([{ role: 'rixue_app' }]);
  await database.close();
});

it('a migration that adds a column stops no server that still runs beside it', async () => {
  const database = openDatabase({ ...postgres.poolConfig, max: 1 }, null);
  const ask = async () => {
    const { rows } = await sql`select * from growing where id = ${1}`.execute(database.db);
    return rows;
  };
  await sql`create table growing (id int)`.execute(database.db);
  await sql`insert into growing values (${1})`.execute(database.db);
  expect(await ask()).toEqual([{ id: 1 }]);
  await sql`alter table growing add column more int`.execute(database.db);
  expect(await ask()).toEqual([{ id: 1, more: null }]);
  await database.close();
});
