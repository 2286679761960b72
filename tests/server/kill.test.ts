/** V-01: server and PostgreSQL die by kill -9 in the middle of pushes; every receipt is found afterwards. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { personScope } from '#domain/roles.ts';
import { onePageApp, runProgram } from '#tests/support/server.ts';
import { joinWire, secretOf, selfRecord, wireDevice } from '#tests/support/wire-device.ts';
import { times } from '#tests/support/long.ts';
import { createSeededRandom } from '#tests/support/seeded-random.ts';

const KILLS = times(2, 25);
const folder = mkdtempSync(join(tmpdir(), 'rixue-kill-'));
const env = {
  DATA_DIR: join(folder, 'var'),
  APP_DIR: onePageApp(join(folder, 'app')),
  DATABASE_URL: '',
};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('V-01 finds every receipt after kill -9 of server and database', async () => {
  const random = createSeededRandom(7);
  let program = await runProgram(env, 0, ['--demo']);
  const url = () => `http://127.0.0.1:${program.port}`;
  const first = await joinWire(url(), secretOf(program.invitations[0] ?? { url: 'none:' }));
  const scope = personScope(first.person);
  const receipts = new Map<string, number>();
  let seq = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const device = wireDevice(url(), first);
    const pushing = (async () => {
      for (;;) {
        const records = Array.from({ length: 20 }, () => selfRecord(scope, (seq += 1)));
        const answer = await device.sync({ records }).catch(() => null);
        if (!answer) return;
        const last = answer.results[0]?.n ?? 0;
        records.forEach((record, i) => receipts.set(record.id, last - records.length + 1 + i));
      }
    })();
    const had = receipts.size;
    await expect.poll(() => receipts.size, { timeout: 60_000 }).toBeGreaterThan(had);
    await sleep(random() * 400);
    const postmaster = Number(
      readFileSync(join(env.DATA_DIR, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    program.child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await pushing;
    program = await runProgram(env, 0, []);
  }
  const rows = await wireDevice(url(), first).pullAll({ own: true, want: 512 * 1024 });
  const stored = new Map(rows.map((row) => [row.id, row.n]));
  for (const [id, n] of receipts) expect(stored.get(id)).toBe(n);
  const ended = new Promise((done) => program.child.once('exit', done));
  program.child.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 300_000);
