/** The second wall: what the database itself refuses to whoever connects as the role of requests. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScopes, openDatabase } from '#server/db/database.ts';
import { startServer } from '#tests/support/server.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let raw: pg.Client;
let scopes: string[] = [];

beforeAll(async () => {
  server = await startServer();
  raw = new pg.Client(server.pool.options);
  await raw.connect();
  await raw.query('set role rixue_app');
  const { rows } = await server.pool.query<{ scope: string }>(
    'select distinct scope from records order by scope',
  );
  scopes = rows.map((row) => row.scope);
});
afterAll(async () => {
  await raw.end();
  await server.stop();
});

async function visible(setting: string | null): Promise<string[]> {
  if (setting === null) await raw.query('reset rixue.scopes');
  else await raw.query(`select set_config('rixue.scopes', $1, false)`, [setting]);
  const { rows } = await raw.query<{ scope: string }>('select scope from records');
  return [...new Set(rows.map((row) => row.scope))].toSorted();
}

describe('X-02 a raw connection in the role of requests', () => {
  it('is neither owner nor superuser and passes no policy by', async () => {
    const { rows } = await raw.query(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcanlogin from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcanlogin: false },
    ]);
  });

  it('sees no row where no scope is set, or an empty one', async () => {
    expect(await visible(null)).toEqual([]);
    expect(await visible('')).toEqual([]);
  });

  it('sees the rows of its scopes and never another’s', async () => {
    expect(scopes.length).toBe(3);
    for (const scope of scopes) expect(await visible(scope)).toEqual([scope]);
    expect(await visible(scopes.slice(0, 2).join(','))).toEqual(scopes.slice(0, 2));
    expect(await visible('%,*,person:%')).toEqual([]);
  });

  it('writes into no scope but its own', async () => {
    await raw.query(`select set_config('rixue.scopes', $1, false)`, [scopes[0]]);
    const row = { id: '00000000-0000-7000-8000-000000000000', hash: 'ff', kind: 'about', v: 1 };
    const full = { ...row, device: row.id, seq: 1, salt: '', body: '{}', audience: 'branch' };
    const append = (scope: string | undefined) =>
      raw.query('select * from append_records($1, $2)', [scope, JSON.stringify([full])]);
    await expect(append(scopes[1])).rejects.toThrow(/row-level security|no rows/);
    expect((await append(scopes[0])).rows).toMatchObject([{ result: 'ok' }]);
  });

  it.each([
    `update records set body = '{}'`,
    'delete from records',
    'truncate records',
    'alter table records disable row level security',
    `update county set demo = false`,
    `update devices set revoked = null`,
    'update devices set revoked = 1',
    'update rejoin_requests set asked = 0',
    'delete from renewals',
    'delete from chain_links',
    `update chain_links set hash = ''`,
    'delete from grants',
    'delete from invitations',
    'delete from retention_runs',
    'drop function append_records',
  ])('may not %s', async (statement) => {
    await expect(raw.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('leaves the owner without a row too, where the owner is no superuser', async () => {
    const { rows } = await server.pool.query(
      `select relname from pg_class where relforcerowsecurity and relrowsecurity order by relname`,
    );
    expect(rows.map((row: { relname: string }) => row.relname)).toEqual([
      'acts',
      'carried',
      'chain_links',
      'chains',
      'devices',
      'erasures',
      'grants',
      'invitations',
      'moves',
      'records',
      'rejoin_requests',
      'renewals',
      'report_codes',
      'retention_runs',
      'role_ends',
      'scopes',
      'seals',
      'transfers',
    ]);
  });

  it('gives nobody a role, a device or a way in outside its scopes', async () => {
    const [own, other] = scopes;
    const person = '00000000-0000-7000-8000-000000000000';
    await raw.query(`select set_config('rixue.scopes', $1, false)`, [own]);
    const refused = /row-level security/;
    await expect(
      raw.query(`insert into grants values ($1, $2, 'secretary', '2026-01-01')`, [other, person]),
    ).rejects.toThrow(refused);
    await expect(
      raw.query(`insert into devices values ($1, $2, $2, 'x', null, null, '2026-01-01')`, [
        `person:${person}`,
        person,
      ]),
    ).rejects.toThrow(refused);
    await expect(
      raw.query(`insert into invitations values ($1, 'h', $2, 'member', null, 1)`, [other, person]),
    ).rejects.toThrow(refused);
    const changes = ['grants set to_day = null', 'invitations set expires = 0', 'scopes set n = 0'];
    for (const change of changes)
      expect((await raw.query(`update ${change} where scope = $1`, [other])).rowCount).toBe(0);
  });
});

it('V-02 waits for the disk also where the database is set not to', async () => {
  const { rows: names } = await server.pool.query('select current_database() as name');
  await server.pool.query(`alter database ${names[0].name} set synchronous_commit = off`);
  const { password } = server.pool.options; // pg hides it from a spread
  const database = openDatabase({ ...server.pool.options, password }, 'rixue_app');
  const setting = sql<{ is: string }>`select current_setting('synchronous_commit') as is`;
  expect((await setting.execute(database.db)).rows).toEqual([{ is: 'off' }]);
  const within = await inScopes(database, [], (tx) => setting.execute(tx));
  expect(within.rows).toEqual([{ is: 'on' }]);
  await database.close();
});

describe('X-02 a connection of the server’s own pool', () => {
  it('is in the role of requests from the start: what forgets its scopes sees and writes nothing', async () => {
    const { db } = server.database;
    const { rows } = await sql`select current_user as role`.execute(db);
    expect(rows).toEqual([{ role: 'rixue_app' }]);
    expect(await db.selectFrom('records').select('id').execute()).toEqual([]);
    await expect(sql`truncate records`.execute(db)).rejects.toThrow(/permission denied/);
  });
});
