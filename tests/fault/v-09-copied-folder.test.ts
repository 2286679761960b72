/** The keeper copies an hour-old data folder over the real one, and tells nobody: not even the server. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { findRunning } from '#server/db/embedded.ts';
import { machineSources } from '#server/sources.ts';
import { start } from '#server/start.ts';
import { contentOf } from '#tests/support/database-content.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { onePageApp } from '#tests/support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-copied-'));
const dataDir = join(folder, 'var');
const copy = join(folder, 'copy');
const appDir = onePageApp(join(folder, 'app'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function startHere(port: number) {
  const started = await start(
    {
      ...{ port, host: '127.0.0.1', dataDir, databaseUrl: null, publicUrl: null, tls: null },
      ...{ seed: 'demo', appDir },
    },
    { ...machineSources(), log: pino({ level: 'silent' }) },
  );
  if (!started.ok) throw new Error(started.error);
  return started.value;
}

const lecture = (device: HeadlessDevice, title: string) =>
  device.record('activity', { type: 'lecture', title, starts: 1 });

it(
  'V-09 after an hour-old folder was copied back while others wrote on, every phone sends again and nothing is lost',
  { timeout: 180_000 },
  async () => {
    let server = await startHere(0);
    const { port } = server;
    const invited = async (nth: number) => {
      const invitation = server.invitations[nth]?.url ?? '';
      const device = await createHeadlessDevice({ server: server.url, invitation });
      await device.enrol();
      await device.sync();
      return device;
    };
    // A member, the secretary of the same branch twice over: two writers into one scope.
    const devices = [await invited(0), await invited(4), await invited(5)];
    const [member, first, second] = devices as [HeadlessDevice, HeadlessDevice, HeadlessDevice];
    const titles = ['before the copy', 'after it, lost', 'after it, lost too', 'written on'];
    await lecture(first, titles[0] ?? '');
    await first.sync();
    await server.stop();
    execFileSync('cp', ['-a', dataDir, copy]);

    server = await startHere(port);
    await lecture(first, titles[1] ?? '');
    await lecture(first, titles[2] ?? '');
    await member.record('study', { day: '2026-03-01', minutes: 30, how: 'app' });
    for (const device of devices) await device.sync();
    await server.stop();
    rmSync(dataDir, { recursive: true });
    execFileSync('cp', ['-a', copy, dataDir]);

    server = await startHere(port);
    // Numbers that phones have seen already are given to other records.
    await lecture(second, titles[3] ?? '');
    for (let round = 0; round < 2; round += 1) for (const device of devices) await device.sync();
    for (const device of devices) {
      expect(await device.ledger.unsent()).toBe(0);
      const seen = (await device.records()).filter(({ kind }) => kind === 'activity');
      const bodies = seen.map(({ body }) => (body as { title: string }).title);
      expect(bodies).toEqual(expect.arrayContaining(titles));
    }
    const running = await findRunning(dataDir);
    const stored = running.ok && running.value ? await contentOf(running.value) : {};
    const own = stored['records']?.filter((row) => row.includes('"kind":"self"')) ?? [];
    expect(own).toHaveLength(1);
    expect(own[0]).toContain((await member.ledger.current())?.device ?? 'none');
    for (const device of devices) await device.close();
    await server.stop();
  },
);
