/** What a receipt stands on: the log of PostgreSQL, synced to the disk before the answer leaves the server. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { personScope } from '#domain/roles.ts';
import { findRunning } from '#server/db/embedded.ts';
import { times } from '#tests/support/long.ts';
import { onePageApp, runProgram } from '#tests/support/server.ts';
import { canTrace, trace, withChildren, type Call } from '#tests/support/strace.ts';
import { joinWire, secretOf, selfRecord } from '#tests/support/wire-device.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-fsync-'));
const dataDir = join(folder, 'var');
const env = { DATA_DIR: dataDir, APP_DIR: onePageApp(join(folder, 'app')), DATABASE_URL: '' };
const RECORDS = times(5, 100);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WRITES = ['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'sendto', 'sendmsg'];
const SYNCS = ['fsync', 'fdatasync'];
const isLog = ({ args }: Call) => args.includes('/pg_wal/');
const isAnswer = ({ name, args }: Call) => WRITES.includes(name) && args.includes('"HTTP/1.1 200');

async function settingsOf(config: pg.PoolConfig) {
  const client = new pg.Client(config);
  await client.connect();
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes',
      'synchronous_commit', 'wal_sync_method') order by name`,
  );
  await client.end();
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}

it.runIf(canTrace)(
  'V-02 syncs the log to the disk between its last write of a record and the answer with the receipt',
  { timeout: 300_000 },
  async () => {
    const program = await runProgram(env, 0, ['--demo']);
    const url = `http://127.0.0.1:${program.port}`;
    const running = await findRunning(dataDir);
    if (!running.ok || !running.value) throw new Error('no database runs');
    const device = await joinWire(url, secretOf(program.invitations[0] ?? { url: 'none:' }));
    const scope = personScope(device.person);
    const postmaster = Number(
      readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    const pids = [program.child.pid ?? 0, ...withChildren(postmaster)];
    const stop = await trace(pids, [...WRITES, ...SYNCS], join(folder, 'calls'));
    const asked: number[] = [];
    for (let seq = 1; seq <= RECORDS; seq += 1) {
      asked.push(Date.now() / 1000);
      const { results } = await device.sync({ records: [selfRecord(scope, seq)] });
      expect(results).toMatchObject([{ code: 'ok', n: seq }]);
    }
    const calls = await stop();

    const answers = calls.filter(isAnswer);
    expect(answers).toHaveLength(RECORDS);
    const unsynced = answers.filter((answer, i) => {
      const since = asked[i] ?? 0;
      const within = calls.filter(
        (call) => isLog(call) && call.began >= since && call.ended <= answer.began,
      );
      return !within.some(({ name, pid, began }) => {
        const written = within.filter((call) => call.pid === pid && WRITES.includes(call.name));
        const isLast = written.every(({ ended }) => ended <= began);
        return SYNCS.includes(name) && written.length > 0 && isLast;
      });
    });
    expect(unsynced).toEqual([]);
    const settings = await settingsOf(running.value);
    expect(settings).toMatchObject({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
    });
    // With open_datasync there would be no call to see.
    expect(['fdatasync', 'fsync']).toContain(settings['wal_sync_method']);

    const ended = new Promise((done) => program.child.once('exit', done));
    program.child.kill('SIGTERM');
    expect(await ended).toBe(0);
  },
);
