/** `git pull && npm start`: the present program on a data folder that an earlier one left, phones going on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { startEmbedded } from '#server/db/embedded.ts';
import { appliedMigrations, migrate } from '#server/db/migrate.ts';
import { migrations } from '#server/db/migration-list.ts';
import { machineSources } from '#server/sources.ts';
import { automaticBackups, automaticKey } from '#server/tasks/backup/automatic.ts';
import { restoreBackup } from '#server/tasks/backup/backup-file.ts';
import { contentOf } from '#tests/support/database-content.ts';
import { createHeadlessDevice } from '#tests/support/headless-device.ts';
import { isLong } from '#tests/support/long.ts';
import { startTestPostgres } from '#tests/support/postgres.ts';
import { onePageApp, runProgram } from '#tests/support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-upgrade-'));
const appDir = onePageApp(join(folder, 'app'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first release had two steps; each later one is begun from in the long form. */
const FIRST = 2;
const PREFIXES = Array.from({ length: migrations.length - FIRST }, (_, i) => FIRST + i);

it.each(isLong ? PREFIXES : [FIRST])(
  'an update of a county with %i steps backs up, migrates, keeps every row, and its phones go on',
  { timeout: 300_000 },
  async (steps) => {
    const dataDir = join(folder, `${steps}`);
    const env = { DATA_DIR: dataDir, APP_DIR: appDir, DATABASE_URL: '' };
    let program = await runProgram(env, 0, ['--demo']);
    const { port, invitations } = program;
    const device = (nth: number) =>
      createHeadlessDevice({
        ...{ server: `http://127.0.0.1:${port}`, invitation: invitations[nth]?.url ?? '' },
      });
    const member = await device(0);
    await member.enrol();
    await member.record('study', { day: '2026-03-01', minutes: 30, how: 'app' });
    await member.sync();
    await stop(program);

    const old = await takeBackTo(steps, dataDir);
    await member.record('study', { day: '2026-03-02', minutes: 20, how: 'app' });
    program = await runProgram(env, port, []);
    await member.sync();
    expect(await member.ledger.unsent()).toBe(0);
    expect((await member.records()).filter(({ kind }) => kind === 'study')).toHaveLength(2);
    // An invitation that was printed before the update opens after it.
    const other = await device(1);
    await other.enrol();
    await other.sync();
    await Promise.all([member.close(), other.close()]);
    await stop(program);

    // The first of them: a night may have passed in the meantime.
    const [name = ''] = automaticBackups(dataDir);
    const target = await startTestPostgres();
    const backup = { file: join(dataDir, 'backups', name), passphrase: automaticKey(dataDir) };
    const place = { ...backup, poolConfig: target.poolConfig };
    expect((await restoreBackup(place, machineSources())).ok).toBe(true);
    const { applied_migrations: applied, records } = await contentOf(target.poolConfig);
    expect(applied).toHaveLength(steps);
    expect(records).toEqual(old['records']);
    await target.stop();

    const now = await inCluster(dataDir, async (client) => ({
      applied: (await appliedMigrations(client)).map(({ name: step }) => step),
      records: await rowsOf(client, 'records'),
    }));
    expect(now.applied).toEqual(migrations.map(({ name: step }) => step));
    const ids = new Set(now.records.map(({ id }) => id));
    const before = (old['records'] ?? []).map((row) => (JSON.parse(row) as { id: string }).id);
    expect(before.filter((id) => !ids.has(id))).toEqual([]);
  },
);

async function stop({ child }: Awaited<ReturnType<typeof runProgram>>) {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}

/** Gives the folder's database the tables of an earlier release, with what they hold of today's rows. */
async function takeBackTo(steps: number, dataDir: string): Promise<Record<string, string[]>> {
  return inCluster(dataDir, async (client, config) => {
    const tables = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    const kept = new Map<string, unknown[]>();
    for (const { name } of tables.rows) kept.set(name, await rowsOf(client, name));
    await client.query('drop schema public cascade; create schema public');
    await migrate(client, { list: migrations.slice(0, steps) });
    const earlier = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'
       and tablename <> 'applied_migrations'`,
    );
    for (const { name } of earlier.rows)
      await client.query(
        `insert into ${name} select * from json_populate_recordset(null::${name}, $1)`,
        [JSON.stringify(kept.get(name) ?? [])],
      );
    return contentOf(config);
  });
}

async function rowsOf(client: pg.Client, table: string): Promise<{ id?: string }[]> {
  const { rows } = await client.query<{ row: { id?: string } }>(
    `select row_to_json(t) as row from ${table} t`,
  );
  return rows.map(({ row }) => row);
}

async function inCluster<T>(
  dataDir: string,
  work: (client: pg.Client, config: pg.PoolConfig) => Promise<T>,
): Promise<T> {
  const cluster = await startEmbedded({ dataDir, log: () => undefined });
  if (!cluster.ok) throw new Error(cluster.error.message);
  const client = new pg.Client(cluster.value.poolConfig);
  await client.connect();
  try {
    return await work(client, cluster.value.poolConfig);
  } finally {
    await client.end();
    await cluster.value.stop();
  }
}
