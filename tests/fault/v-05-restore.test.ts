/**
 * The drill: a backup beside the running server, the machine lost, the backup read into a new folder,
 * and every phone brings back what it wrote since, without a tap.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { findRunning } from '#server/db/embedded.ts';
import { contentOf } from '#tests/support/database-content.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { onePageApp, runProgram, serverProgram } from '#tests/support/server.ts';
import { repository } from '#tests/support/source-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-drill-'));
const file = join(folder, 'county.backup');
const appDir = onePageApp(join(folder, 'app'));
const envOf = (dataDir: string) => ({ DATA_DIR: dataDir, APP_DIR: appDir, DATABASE_URL: '' });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function command(name: string, dataDir: string) {
  const env = { ...process.env, ...envOf(dataDir), BACKUP_PASSPHRASE: '一句长口令' };
  const files = name === 'audit' ? [] : [file];
  const args = [...serverProgram, name, ...files];
  return (await promisify(execFile)(process.execPath, args, { cwd: repository, env })).stdout;
}

async function contentIn(dataDir: string) {
  const running = await findRunning(dataDir);
  if (!running.ok || !running.value) throw new Error('no database runs');
  const { county, acts = [], ...rest } = await contentOf(running.value);
  const ofHistory = /"(epoch|acts_n|acts_hash)":("[^"]*"|\d+)/g;
  // The backup and its restore are acts of their own.
  const done = acts.filter((row) => !/"kind":"(backup|restore)"/.test(row));
  return { ...rest, acts: done, county: county?.map((row) => row.replace(ofHistory, '')) };
}

/** The records of a kind that a device holds, with their states. */
async function seenBy(device: HeadlessDevice, kind: string) {
  const rows = (await device.records()).filter((row) => row.kind === kind);
  return rows.map(({ id, state }) => `${id} ${state}`).sort();
}

it(
  'V-05 a restored backup is equal, and phones bring back everything that they wrote since',
  { timeout: 180_000 },
  async () => {
    const lost = join(folder, 'lost');
    const found = join(folder, 'found');
    let program = await runProgram(envOf(lost), 0, ['--demo']);
    const { port } = program;
    const join_ = async (role: string, nth = 0) => {
      const invitation = program.invitations.filter((each) => each.role === role)[nth]?.url ?? '';
      const server = `http://127.0.0.1:${port}`;
      const device = await createHeadlessDevice({ server, invitation });
      await device.enrol();
      await device.sync();
      return device;
    };
    const devices = [await join_('member'), await join_('secretary'), await join_('administrator')];
    const [member, secretary, administrator] = devices as [
      HeadlessDevice,
      HeadlessDevice,
      HeadlessDevice,
    ];
    const write = async (day: string) => {
      await member.record('study', { day, minutes: 30, how: 'app' });
      await secretary.record('activity', { type: 'lecture', title: `党课 ${day}`, starts: 1 });
    };
    const syncAll = async () => {
      // Where the server is not yet ready for a record, the attempt counts as failed and comes again.
      for (const device of devices) await device.sync().catch(() => undefined);
    };
    await write('2026-03-01');
    await syncAll();

    expect(await command('backup', lost)).toMatch(/^已备份到 .*county\.backup/);
    const atBackup = await contentIn(lost);

    // Since then: more of the same, and a member who became secretary writes as one.
    await write('2026-03-02');
    const person = (await member.ledger.current()) ?? { person: '', grants: [], names: null };
    const branch = person.grants[0]?.scope ?? '';
    await administrator.record(
      'role',
      { role: 'secretary', names: person.names, card: '0123456789ABCDEF', from: '2026-01-01' },
      { scope: branch, subject: person.person },
    );
    await syncAll();
    await member.sync();
    await member.record(
      'activity',
      { type: 'lecture', title: '新书记', starts: 1 },
      { scope: branch },
    );
    await syncAll();
    await syncAll();
    const before = await Promise.all(
      devices.map(async (device) => [
        await seenBy(device, 'study'),
        await seenBy(device, 'activity'),
      ]),
    );
    expect(before.flat(2).filter((row) => !/ (sent|received)$/.test(row))).toEqual([]);
    expect(before.flat(2)).toHaveLength(10);

    await killAll(program.child.pid ?? 0, lost);
    rmSync(lost, { recursive: true, force: true });
    expect(await command('restore', found)).toMatch(/^已恢复 \d{4}-\d\d-\d\d 的备份/);

    program = await runProgram(envOf(found), port, []);
    expect(await command('audit', found)).toMatch(/^audit: \d+ acts, all sound$/m);
    expect(await contentIn(found)).toEqual(atBackup);
    // The new secretary comes first, before the administrator's phone has brought the role back.
    for (let round = 0; round < 3; round += 1) await syncAll();
    const after = await Promise.all(
      devices.map(async (device) => [
        await seenBy(device, 'study'),
        await seenBy(device, 'activity'),
      ]),
    );
    expect(after).toEqual(before);
    for (const device of devices) expect(await device.ledger.unsent()).toBe(0);
    const stored = (await contentIn(found)) as Record<string, string[]>;
    const ids = before.flat(2).map((row) => row.split(' ')[0] ?? '');
    for (const id of ids)
      expect(
        stored['records']?.some((row) => row.includes(id)),
        id,
      ).toBe(true);

    for (const device of devices) await device.close();
    const ended = new Promise((done) => program.child.once('exit', done));
    program.child.kill('SIGTERM');
    expect(await ended).toBe(0);
  },
);

/** The machine is gone: server and database, without a word. */
async function killAll(server: number, dataDir: string) {
  const pidFile = readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8');
  process.kill(server, 'SIGKILL');
  process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL');
  await new Promise((done) => setTimeout(done, 500));
}
