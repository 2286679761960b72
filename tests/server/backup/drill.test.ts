/** A restore that the server tries by itself: when, what it finds, and that it leaves nothing behind. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { civilTime } from '#domain/civil-day.ts';
import { DISK_LOW_BYTES } from '#server/disk.ts';
import { machineSources } from '#server/sources.ts';
import { automaticBackups, writeAutomatic } from '#server/tasks/backup/automatic.ts';
import { drill, drillNote, isDrillDue, noteDrill } from '#server/tasks/backup/drill.ts';
import { contentOf } from '#tests/support/database-content.ts';
import { startServer } from '#tests/support/server.ts';

const DAY = 86_400_000;
const night = civilTime('2026-03-02', 3 * 60);
const roomy = async () => Number.MAX_SAFE_INTEGER;
let server: Awaited<ReturnType<typeof startServer>>;
let dataDir: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rixue-drill-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** pg hides the password from a spread. */
const poolConfig = () => ({ ...server.pool.options, password: server.pool.options.password });
const place = () => ({ dataDir, poolConfig: poolConfig() });
const newest = () => automaticBackups(dataDir).at(-1) ?? '';
const tryIt = (freeBytes: () => Promise<number> = roomy) =>
  drill(place(), newest(), { ...machineSources(), freeBytes });

async function databases(): Promise<string[]> {
  const { rows } = await server.pool.query<{ datname: string }>(
    // Databases of other tests on this cluster come and go meanwhile.
    `select datname from pg_database where datname not like 't\\_%' order by datname`,
  );
  return rows.map(({ datname }) => datname);
}

it('is due once there is a backup, weekly, and again with the next backup after one that did not come back', () => {
  expect(isDrillDue(dataDir, night)).toBe(false);
  mkdirSync(join(dataDir, 'backups'));
  writeFileSync(join(dataDir, 'backups', 'auto-2026-03-01-0300.backup'), '');
  expect(isDrillDue(dataDir, night)).toBe(true);
  noteDrill(dataDir, { at: night, backup: newest(), problem: null });
  expect(isDrillDue(dataDir, night + 7 * DAY - 1)).toBe(false);
  expect(isDrillDue(dataDir, night + 7 * DAY)).toBe(true);
  noteDrill(dataDir, { at: night, backup: newest(), problem: 'backup.damaged' });
  expect(isDrillDue(dataDir, night + DAY)).toBe(false);
  writeFileSync(join(dataDir, 'backups', 'auto-2026-03-02-0300.backup'), '');
  expect(isDrillDue(dataDir, night + DAY)).toBe(true);
  expect(drillNote(dataDir)).toEqual({
    ...{ at: night, backup: 'auto-2026-03-01-0300.backup', problem: 'backup.damaged' },
  });
});

it(
  'reads the newest backup into a database of its own, and leaves county and cluster as they were',
  { timeout: 180_000 },
  async () => {
    await writeAutomatic(place(), night);
    const before = await contentOf(server.pool.options);
    const there = await databases();
    // What one that was killed left behind is no obstacle.
    await server.pool.query('create database rixue_drill');
    expect(await tryIt()).toBe(null);
    expect(await contentOf(server.pool.options)).toEqual(before);
    expect(await databases()).toEqual(there);
  },
);

it(
  'says what is wrong with a backup: damaged, records or acts that are not whole',
  { timeout: 180_000 },
  async () => {
    await writeAutomatic(place(), night);
    const file = join(dataDir, 'backups', newest());
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 40));
    expect(await tryIt()).toBe('backup.damaged');
    await server.pool.query(`update acts set kind = 'join' where n = 1`);
    await writeAutomatic(place(), night);
    expect(await tryIt()).toBe('drill.acts');
    await server.pool.query(`update records set tag = '\\x00' where n = 1`);
    await server.pool.query(`update scopes set tag = '\\x01'`);
    await writeAutomatic(place(), night + 60_000);
    expect(await tryIt()).toBe('drill.heads');
  },
);

it('is not tried where a second copy could fill the disk', { timeout: 180_000 }, async () => {
  await writeAutomatic(place(), night);
  expect(await tryIt(async () => DISK_LOW_BYTES + 1)).toBe('drill.room');
});
