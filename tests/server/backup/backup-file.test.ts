/** Backups as files: whole or refused with a code of their own, and never read back into something. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { personScope } from '#domain/roles.ts';
import { migrations } from '#server/db/migration-list.ts';
import { machineSources } from '#server/sources.ts';
import { restoreBackup, writeBackup } from '#server/tasks/backup/backup-file.ts';
import { contentOf } from '#tests/support/database-content.ts';
import { startTestPostgres } from '#tests/support/postgres.ts';
import { startServer } from '#tests/support/server.ts';
import { joinWire, secretOf, selfRecord, wireRecord } from '#tests/support/wire-device.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-backup-'));
const file = join(folder, 'county.backup');
const passphrase = '一句很长的口令 and more';
const sources = machineSources();
let server: Awaited<ReturnType<typeof startServer>>;
let poolConfig: pg.PoolConfig;

beforeAll(async () => {
  server = await startServer();
  poolConfig = server.pool.options;
  const desk = await joinWire(server.url, secretOf(server.invitations[4] ?? { url: 'none:' }));
  const activity = (seq: number, title: string) =>
    wireRecord({
      ...{ kind: 'activity', scope: desk.branch, seq },
      body: { type: 'lecture', title, starts: 1 },
    });
  // Separators of lines, quotes and the rarest characters are content like any other.
  const titles = ['一\u2028二\u2029三', '"\\n\\', '𠮷\r\n', ...Array(600).fill('党课')];
  for (let from = 0; from < titles.length; from += 300)
    await desk.sync({
      records: titles.slice(from, from + 300).map((title, i) => activity(1 + from + i, title)),
    });
  const own = personScope(desk.person);
  const seal = { device: desk.device, upTo: 1, head: 'head', signature: 'signature' };
  await desk.sync({ records: [selfRecord(own, 1000)], seals: [seal] });
  expect(await writeBackup({ file, passphrase, poolConfig }, 1_772_700_000_000)).toEqual({
    ok: true,
    value: null,
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Restores into a new database; the outcome, the tables that it left, and their content. */
async function restoreInto(from: string) {
  const target = await startTestPostgres();
  const config = target.poolConfig;
  const outcome = await restoreBackup({ file: from, passphrase, poolConfig: config }, sources);
  const content = await contentOf(config);
  await target.stop();
  return { outcome: outcome.ok ? outcome.value : outcome.error.code, content };
}

it('comes back row by row and column by column, in another history', async () => {
  const here = await contentOf(poolConfig);
  const { outcome, content } = await restoreInto(file);
  expect(outcome).toMatchObject({ made: 1_772_700_000_000 });
  expect(Object.keys(content)).toEqual(expect.arrayContaining(['records', 'grants', 'seals']));
  const { county, acts = [], ...rest } = content;
  const { county: countyHere, acts: actsHere = [], ...restHere } = here;
  expect(rest).toEqual(restHere);
  expect(acts.filter((row) => !row.includes('"kind":"restore"'))).toEqual(actsHere);
  expect(acts).toHaveLength(actsHere.length + 1);
  const withoutEpoch = (row: string | undefined) =>
    row?.replace(/"(epoch|acts_n|acts_hash)":("[^"]*"|\d+)/g, '');
  expect(withoutEpoch(county?.[0])).toBe(withoutEpoch(countyHere?.[0]));
  expect(county).not.toEqual(countyHere);
});

it('is its owner’s alone, says nothing in the clear and leaves no half file', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file).includes('records')).toBe(false);
  expect(readdirSync(folder)).toEqual(['county.backup']);
});

it(
  'is refused with its code where the passphrase is wrong or the file is not as it was written',
  { timeout: 60_000 },
  async () => {
    const whole = readFileSync(file);
    const flipped = (at: number) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    };
    const cases: [string, Buffer][] = [
      ['backup.damaged', Buffer.from('hello')],
      ['backup.damaged', Buffer.alloc(0)],
      ['backup.damaged', flipped(0)],
      ['backup.passphrase', flipped(10)],
      ['backup.damaged', flipped(41)],
      ['backup.damaged', flipped(500)],
      ['backup.damaged', flipped(whole.length - 1)],
      ['backup.damaged', whole.subarray(0, -1)],
      ['backup.damaged', whole.subarray(0, 4 + 40 + 3000)],
      ['backup.damaged', Buffer.concat([whole, Buffer.from([0])])],
      ['backup.damaged', Buffer.concat([whole, whole])],
    ];
    const target = await startTestPostgres();
    const refusal = async (from: string, words = passphrase) => {
      const { poolConfig: config } = target;
      const outcome = await restoreBackup(
        { file: from, passphrase: words, poolConfig: config },
        sources,
      );
      expect(await contentOf(config)).toEqual({});
      return outcome.ok ? 'restored' : outcome.error.code;
    };
    const bad = join(folder, 'bad');
    for (const [code, bytes] of cases) {
      writeFileSync(bad, bytes);
      expect(await refusal(bad)).toBe(code);
    }
    rmSync(bad);
    expect(await refusal(file, 'wrong')).toBe('backup.passphrase');
    expect(await refusal(join(folder, 'none'))).toBe('backup.file');
    expect(await refusal(folder)).toBe('backup.file');
    await target.stop();
  },
);

it('is refused by a database that holds something, which stays as it was', async () => {
  const here = await contentOf(poolConfig);
  const outcome = await restoreBackup({ file, passphrase, poolConfig }, sources);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'backup.not-empty' } });
  expect(await contentOf(poolConfig)).toEqual(here);
});

it('is refused where a later version, or another one, made it', async () => {
  const other = join(folder, 'other');
  for (const [sql, code] of [
    [`insert into applied_migrations (name, hash) values ('9999-later', 'x')`, 'backup.newer'],
    [
      `update applied_migrations set hash = 'x' where name = '${migrations[0]?.name}'`,
      'backup.changed',
    ],
  ]) {
    const copy = await startTestPostgres();
    await restoreBackup({ file, passphrase, poolConfig: copy.poolConfig }, sources);
    const client = new pg.Client(copy.poolConfig);
    await client.connect();
    await client.query(sql ?? '');
    await client.end();
    await writeBackup({ file: other, passphrase, poolConfig: copy.poolConfig }, 1);
    await copy.stop();
    expect(await restoreInto(other)).toEqual({ outcome: code, content: {} });
  }
  rmSync(other);
});

it('is written and read by an owner who may not pass row-level security', async () => {
  const target = await startTestPostgres();
  const admin = new pg.Client(target.poolConfig);
  await admin.connect();
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  const name = rows[0]?.name ?? '';
  await admin.query(`create role ${name} login password 'only-here'`);
  await admin.query(
    `alter database ${name} owner to ${name}; alter schema public owner to ${name}`,
  );
  const config = { ...target.poolConfig, user: name, password: 'only-here' };
  const restored = await restoreBackup({ file, passphrase, poolConfig: config }, sources);
  expect(restored.ok).toBe(true);
  const again = join(folder, 'again');
  expect((await writeBackup({ file: again, passphrase, poolConfig: config }, 1)).ok).toBe(true);
  const here = await contentOf(target.poolConfig);
  const { content } = await restoreInto(again);
  expect({ ...content, county: [], acts: [] }).toEqual({ ...here, county: [], acts: [] });
  expect(content['acts']).toHaveLength((here['acts'] ?? []).length + 1);
  const unset = new pg.Client(config);
  await unset.connect();
  expect((await unset.query('select from records')).rowCount).toBe(0);
  await unset.end();
  await admin.query(`alter database ${name} owner to current_user`);
  await admin.query(`reassign owned by ${name} to current_user; drop owned by ${name}`);
  await admin.query(`drop role ${name}`);
  await admin.end();
  await target.stop();
  rmSync(again);
});

it('leaves nothing where the database is cut off at any moment of the restore', async () => {
  const target = await startTestPostgres();
  for (const moment of [5, 20, 40, 60]) {
    const restoring = restoreBackup({ file, passphrase, poolConfig: target.poolConfig }, sources);
    const cutting = cutAfter(moment, target.poolConfig);
    const outcome = await restoring.catch(() => 'cut');
    await cutting;
    if (outcome !== 'cut') break;
    expect(await contentOf(target.poolConfig)).toEqual({});
  }
  await target.stop();
});

/** Ends the connection that has done so many statements or more of a restore's transaction. */
async function cutAfter(rows: number, config: pg.PoolConfig) {
  const client = new pg.Client(config);
  await client.connect();
  for (let tries = 0; tries < 200; tries += 1) {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()
         and backend_xid is not null and $1::int <= extract(milliseconds from clock_timestamp() - xact_start)`,
      [rows],
    );
    if (rowCount) break;
    await new Promise((done) => setTimeout(done, 2));
  }
  await client.end();
}
