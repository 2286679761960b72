/** A backup from before things went by age: they come back with it, and go again the next night. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { civilDay } from '#domain/civil-day.ts';
import { openDatabase } from '#server/db/database.ts';
import { machineSources } from '#server/sources.ts';
import { restoreBackup, writeBackup } from '#server/tasks/backup/backup-file.ts';
import { keepPeriods } from '#server/tasks/retention/retention.ts';
import { rollOf } from '#tests/support/old-things.ts';
import { startTestPostgres, type TestDatabase } from '#tests/support/postgres.ts';
import { startServer } from '#tests/support/server.ts';
import { joinWire, secretOf } from '#tests/support/wire-device.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-retention-'));
const file = join(folder, 'before.backup');
const passphrase = '一句很长的口令';
const sources = machineSources();
let postgres: TestDatabase;
let county = '';

beforeAll(async () => {
  const server = await startServer();
  const invitation = server.invitations.find(({ role }) => role === 'secretary') ?? {
    url: 'none:',
  };
  const secretary = await joinWire(server.url, secretOf(invitation));
  county = secretary.county.id;
  await secretary.sync({ records: rollOf(secretary, 1, { day: '2001-05-01' }).records });
  await server.pool.query('update records set received = received - 5e9::bigint');
  const poolConfig = { ...server.pool.options, password: server.pool.options.password };
  await writeBackup({ file, passphrase, poolConfig }, Date.now());
  const run = { county, day: civilDay(Date.now()) };
  await keepPeriods({ ...sources, database: server.database }, run);
  await server.stop();
  postgres = await startTestPostgres();
  await restoreBackup({ file, passphrase, poolConfig: postgres.poolConfig }, sources);
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('X-21 what a restore brought back goes again with the first night', async () => {
  const database = openDatabase(postgres.poolConfig, null);
  const kept = async () =>
    (await database.pool.query(`select from records where day < '2002' and body is not null`))
      .rowCount;
  expect(await kept()).toBe(3);
  const run = { county, day: civilDay(Date.now()) };
  expect(await keepPeriods({ ...sources, database }, run)).toMatchObject({ entry: 2, roll: 1 });
  expect(await kept()).toBe(0);
  await database.close();
});
