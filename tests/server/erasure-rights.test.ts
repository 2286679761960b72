/** The second wall around erasing: what the database lets the role of requests do, and nobody else. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isErasable } from '#domain/erasure.ts';
import { isSelfKind, KINDS } from '#domain/kinds.ts';
import { startServer } from '#tests/support/server.ts';
import {
  CARD,
  joinWire,
  newId,
  secretOf,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let secretary: WireDevice;
let other = '';

beforeAll(async () => {
  server = await startServer();
  secretary = await joinWire(server.url, secretOf(server.invitations[4] ?? { url: 'none:' }));
  const { rows } = await server.pool.query<{ scope: string }>(
    `select scope from scopes where kind = 'branch' and scope <> $1`,
    [secretary.branch],
  );
  other = rows[0]?.scope ?? '';
});
afterAll(() => server.stop());

async function bodyOf(id: string): Promise<string | undefined> {
  const query = 'select body from records where id = $1';
  return (await server.pool.query<{ body: string }>(query, [id])).rows[0]?.body;
}

describe('X-02 the way to erase is narrow', () => {
  it('the role of requests may not change a record by itself, and erases in its own scopes alone', async () => {
    const { branch: scope } = secretary;
    const record = wireRecord({
      ...{ kind: 'member', scope, seq: 1, subject: newId() },
      body: { names: { hans: '黄国墙' }, card: CARD },
    });
    const erasure = newId();
    const raw = new pg.Client({ ...server.pool.options, password: server.pool.options.password });
    await raw.connect();
    await raw.query('set role rixue_app');
    const erase = () => raw.query('select erase_records($1, $2)', [secretary.branch, [erasure]]);
    await secretary.sync({ records: [record] });
    await expect(erase()).rejects.toThrow(/outside the scopes/);
    await raw.query(`select set_config('rixue.scopes', $1, false)`, [other]);
    await expect(erase()).rejects.toThrow(/outside the scopes/);
    await raw.query(`select set_config('rixue.scopes', $1, false)`, [secretary.branch]);
    // Only a stored erasure says what goes.
    expect((await erase()).rows).toEqual([{ erase_records: '0' }]);
    await expect(raw.query('update records set body = null')).rejects.toThrow(/permission denied/);
    await expect(
      raw.query(`insert into erasures values ($1, $2)`, [secretary.branch, record.id]),
    ).rejects.toThrow(/permission denied/);
    expect((await raw.query('select from erasures where scope = $1', [other])).rowCount).toBe(0);
    await raw.end();
    expect(await bodyOf(record.id)).toContain('黄国墙');
  });

  it('nobody else may run it, and it looks for its tables in one place', async () => {
    const { rows } = await server.pool.query<{
      rights: string;
      config: string[];
      definer: boolean;
    }>(
      `select proacl::text as rights, proconfig as config, prosecdef as definer
       from pg_proc where proname = 'erase_records'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      definer: true,
      config: ['search_path=pg_catalog, public, pg_temp'],
    });
    expect(rows[0]?.rights).toContain('rixue_app=X/');
    expect(rows[0]?.rights).not.toMatch(/[{,]=X/);
  });

  it('knows the same kinds as the rules do', async () => {
    const kinds = [...Object.keys(KINDS), 'self', 'of a later version'];
    const { rows } = await server.pool.query<{ kind: string }>(
      'select kind from unnest($1::text[]) as kind where is_erasable(kind)',
      [kinds],
    );
    // What is encrypted on the phone is only ever stored as `self`.
    expect(rows.map(({ kind }) => kind).filter((kind) => !isSelfKind(kind))).toEqual(
      kinds.filter(isErasable),
    );
  });
});
