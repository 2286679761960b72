/** Backups that nobody thinks of: when they come, what is kept, and that a migration waits for one. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { civilTime } from '#domain/civil-day.ts';
import { migrate } from '#server/db/migrate.ts';
import { migrations } from '#server/db/migration-list.ts';
import { prepareDatabase } from '#server/prepare-database.ts';
import { machineSources } from '#server/sources.ts';
import {
  automaticBackups,
  automaticKey,
  isBackupDue,
  writeAutomatic,
} from '#server/tasks/backup/automatic.ts';
import { restoreBackup } from '#server/tasks/backup/backup-file.ts';
import { startNightly } from '#server/tasks/backup/nightly.ts';
import { contentOf } from '#tests/support/database-content.ts';
import { startTestPostgres, type TestDatabase } from '#tests/support/postgres.ts';
import { createTestClock } from '#tests/support/test-clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let dataDir: string;
let postgres: TestDatabase;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rixue-automatic-'));
  postgres = await startTestPostgres();
});
afterEach(async () => {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const place = () => ({ dataDir, poolConfig: postgres.poolConfig });

async function withClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(postgres.poolConfig);
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Writes empty files that bear the names of automatic backups. */
function pretend(...names: string[]) {
  mkdirSync(join(dataDir, 'backups'), { recursive: true });
  for (const name of names) writeFileSync(join(dataDir, 'backups', name), '');
}

it('is due when three at night in Shanghai has passed since the newest, and where there is none', () => {
  const night = civilTime('2026-03-02', 3 * 60);
  expect(isBackupDue(dataDir, night)).toBe(true);
  pretend('auto-2026-03-01-0300.backup', 'auto-2026-02-27-1830.backup', 'by-hand.backup');
  expect(isBackupDue(dataDir, night - 1)).toBe(false);
  expect(isBackupDue(dataDir, night)).toBe(true);
  expect(isBackupDue(dataDir, night + 20 * DAY)).toBe(true);
  pretend('auto-2026-03-02-1130.backup');
  expect(isBackupDue(dataDir, night + 9 * HOUR)).toBe(false);
  expect(isBackupDue(dataDir, night + DAY)).toBe(true);
});

it('keeps the newest fourteen, a key that is its owner’s alone, and nothing of what was cut off', async () => {
  await withClient((client) => migrate(client));
  const names = Array.from({ length: 16 }, (_, i) => `auto-2026-02-${10 + i}-0300.backup`);
  pretend(...names, 'auto-2026-02-28-0300.backup.part', 'by-hand.backup');
  const written = await writeAutomatic(place(), civilTime('2026-03-02', 3 * 60 + 5));
  expect(written).toEqual({
    ok: true,
    value: join(dataDir, 'backups', 'auto-2026-03-02-0305.backup'),
  });
  expect(automaticBackups(dataDir)).toEqual([...names.slice(3), 'auto-2026-03-02-0305.backup']);
  expect(existsSync(join(dataDir, 'backups', 'by-hand.backup'))).toBe(true);
  expect(existsSync(join(dataDir, 'backups', 'auto-2026-02-28-0300.backup.part'))).toBe(false);
  expect(statSync(join(dataDir, 'backup-key')).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, 'backups', 'auto-2026-03-02-0305.backup')).mode & 0o777).toBe(
    0o600,
  );
  const key = automaticKey(dataDir);
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(automaticKey(dataDir)).toBe(key);
});

it('comes each night, once, waits an hour after a failure, and spares a full disk', async () => {
  await withClient((client) => migrate(client));
  const clock = createTestClock(civilTime('2026-03-01', 26 * 60 + 58));
  const disk = { low: true, isLow: async () => disk.low };
  let look = () => {};
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const every = (_: number, run: () => void) => ((look = run), () => (look = () => {}));
  const freeBytes = async () => Number.MAX_SAFE_INTEGER;
  const { random } = machineSources();
  const stop = startNightly({ ...place(), clock, random, log, disk, freeBytes, every });
  const minutes = async (count: number) => {
    clock.pass(count * 60_000);
    look();
    await expect.poll(() => lines.length > 0 || count < 60, { timeout: 15_000 }).toBe(true);
  };
  await minutes(60);
  expect(lines.splice(0).join()).toContain('disk low');
  disk.low = false;
  await minutes(59);
  expect(automaticBackups(dataDir)).toEqual([]);
  await minutes(60);
  expect(lines.splice(0).join()).toContain('backup written');
  expect(automaticBackups(dataDir)).toEqual(['auto-2026-03-02-0557.backup']);
  await minutes(1);
  await minutes(2);
  expect(automaticBackups(dataDir)).toHaveLength(1);
  clock.pass(DAY);
  // A drill may still be under way.
  const afterALook = () => (look(), automaticBackups(dataDir));
  await expect.poll(afterALook, { timeout: 15_000 }).toHaveLength(2);
  stop();
});

it('comes before a migration changes a database, and that backup comes back as it was', async () => {
  const before = migrations.slice(0, 1);
  await withClient(async (client) => {
    await migrate(client, { list: before });
    await client.query(`insert into county (scope, epoch, names, demo, server_device, ready)
      values ('c', 'e', '{"hans":"县","hant":"縣"}', false, gen_random_uuid(), true)`);
  });
  const old = await contentOf(postgres.poolConfig);
  const wish = { seed: null, demoByDefault: false };
  const sources = machineSources();
  const prepared = await prepareDatabase(place(), wish, sources);
  expect(prepared.ok).toBe(true);
  if (prepared.ok) await prepared.value.database.close();
  const [name, ...more] = automaticBackups(dataDir);
  expect(more).toEqual([]);
  const target = await startTestPostgres();
  const file = join(dataDir, 'backups', name ?? '');
  const back = { file, passphrase: automaticKey(dataDir), poolConfig: target.poolConfig };
  expect((await restoreBackup(back, sources)).ok).toBe(true);
  const content = await contentOf(target.poolConfig);
  const withoutEpoch = (row: string) => row.replace(/"epoch":"[^"]+"/, '');
  expect({ ...content, county: content['county']?.map(withoutEpoch) }).toEqual({
    ...old,
    county: old['county']?.map(withoutEpoch),
  });
  await target.stop();
});

it('a migration does not begin where its backup cannot be written', async () => {
  await withClient((client) => migrate(client, { list: migrations.slice(0, 1) }));
  writeFileSync(join(dataDir, 'backups'), 'a file where the folder should be');
  const wish = { seed: null, demoByDefault: false };
  const prepared = await prepareDatabase(place(), wish, machineSources());
  expect(prepared).toMatchObject({ ok: false });
  expect(prepared.ok || prepared.error).toMatch(/更新数据库之前要先备份.*A backup comes before/);
  const { rows } = await withClient((client) =>
    client.query('select name from applied_migrations'),
  );
  expect(rows).toEqual([{ name: migrations[0]?.name }]);
  expect(readFileSync(join(dataDir, 'backups'), 'utf8')).toContain('a file');
});
