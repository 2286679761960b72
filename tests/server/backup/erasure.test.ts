/** What was erased after a backup: gone again once phones have been in touch with the restored server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { foldRoster } from '#domain/roster.ts';
import { machineSources } from '#server/sources.ts';
import { start } from '#server/start.ts';
import { restoreBackup, writeBackup } from '#server/tasks/backup/backup-file.ts';
import { dumpLines } from '#server/tasks/backup/dump.ts';
import { contentOf } from '#tests/support/database-content.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { databaseOf } from '#tests/support/mirrored-phone.ts';
import { startTestPostgres, type TestDatabase } from '#tests/support/postgres.ts';
import { onePageApp, startServer } from '#tests/support/server.ts';
import { CARD } from '#tests/support/wire-device.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-erasure-'));
const passphrase = '一句很长的口令';
const WRONG = '黄国墙';
const sources = machineSources();
let postgres: TestDatabase;
let stop: () => Promise<unknown> = async () => undefined;
let secretary: HeadlessDevice;
let committee: HeadlessDevice;
let member: HeadlessDevice;
let dumped = '';

beforeAll(async () => {
  const first = await startServer();
  const { port, pool } = first;
  const poolConfig = { ...pool.options, password: pool.options.password };
  const device = async (index: number) => {
    const { url = '' } = first.invitations[index] ?? {};
    const made = await createHeadlessDevice({ server: first.url, invitation: url });
    await made.enrol();
    await made.sync();
    return made;
  };
  [member, secretary] = [await device(0), await device(4)];
  committee = await besideIn(await branchOf(secretary), [await device(5), await device(6)]);
  const { person: subject = '' } = (await member.ledger.current()) ?? {};
  const body = { names: { hans: WRONG }, card: CARD };
  const scope = await branchOf(secretary);
  const wrong = await committee.record('member', body, { scope, subject });
  await syncAll();
  expect(await roster(secretary)).toContain(WRONG);

  const file = join(folder, 'before.backup');
  await writeBackup({ file, passphrase, poolConfig }, Date.now());
  await secretary.record('erasure', { records: [wrong.id] }, { scope });
  await syncAll();
  dumped = await dumpOf(poolConfig);
  await first.stop();

  postgres = await startTestPostgres();
  await restoreBackup({ file, passphrase, poolConfig: postgres.poolConfig }, sources);
  const restored = await start(
    {
      ...{ port, host: '127.0.0.1', databaseUrl: postgres.url, dataDir: join(folder, 'data') },
      ...{ publicUrl: null, tls: null, seed: 'demo', appDir: onePageApp(join(folder, 'app')) },
    },
    { ...sources, log: pino({ level: 'silent' }) },
  );
  if (!restored.ok) throw new Error(restored.error);
  stop = () => restored.value.stop();
}, 120_000);
afterAll(async () => {
  for (const device of [member, secretary, committee]) await device.close();
  await stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function branchOf(device: HeadlessDevice): Promise<string> {
  return (await device.ledger.current())?.grants[0]?.scope ?? '';
}

/** The other desk of the branch. */
async function besideIn(branch: string, devices: HeadlessDevice[]): Promise<HeadlessDevice> {
  for (const device of devices) if ((await branchOf(device)) === branch) return device;
  throw new Error('the branch has a second desk');
}

async function syncAll() {
  // A restored server asks some of them to come again.
  for (const device of [committee, secretary, member, committee])
    await device.sync().catch(() => undefined);
}

async function roster(device: HeadlessDevice): Promise<(string | undefined)[]> {
  const records = await device.ledger.records({ scope: await branchOf(device) });
  return foldRoster(records, '2026-03-05').map(({ names }) => names.hans);
}

async function everythingOn({ ledger }: { ledger: Ledger }): Promise<string> {
  const tables = databaseOf(ledger).tables.map((table) => table.toArray());
  return canonicalJson((await Promise.all(tables)) as never);
}

async function dumpOf(poolConfig: pg.PoolConfig): Promise<string> {
  const client = new pg.Client(poolConfig);
  await client.connect();
  const lines: string[] = [];
  for await (const line of dumpLines(client, Date.now())) lines.push(line);
  await client.end();
  return lines.join('\n');
}

describe('V-05 erased after the last backup', () => {
  it('a backup that is made afterwards holds no word of it', () => {
    expect(dumped).toContain('t erasures');
    expect(dumped).not.toContain(WRONG);
  });

  it('no phone had it before the restore, and none gets it back', async () => {
    for (const device of [member, secretary, committee])
      expect(await everythingOn(device)).not.toContain(WRONG);
    // The old backup brought it back to the server for now.
    expect(canonicalJson((await contentOf(postgres.poolConfig)) as never)).toContain(WRONG);
    await syncAll();
    await syncAll();
    expect(canonicalJson((await contentOf(postgres.poolConfig)) as never)).not.toContain(WRONG);
    for (const device of [member, secretary, committee]) {
      expect(await everythingOn(device)).not.toContain(WRONG);
      expect(await device.ledger.unsent()).toBe(0);
    }
    expect(await roster(secretary)).not.toContain(WRONG);
  });
});
