import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { startServer } from '#tests/support/server.ts';

type Server = Awaited<ReturnType<typeof startServer>>;

describe('headless devices and the real server', () => {
  let server: Server;
  const devices: HeadlessDevice[] = [];

  beforeAll(async () => {
    server = await startServer({ seed: 'demo' });
  });
  afterAll(async () => {
    await Promise.all(devices.map((device) => device.close()));
    await server.stop();
  });

  async function joined(role: string, index = 0): Promise<HeadlessDevice> {
    const invitation = server.invitations.filter((each) => each.role === role)[index]?.url ?? '';
    const device = await createHeadlessDevice({ server: server.url, invitation });
    devices.push(device);
    await device.enrol();
    return device;
  }

  it('keeps a half hour over a sync and sends it once', async () => {
    const device = await joined('member');
    const body = { day: '2026-03-01', minutes: 30, how: 'app' };
    await device.record('study', body);
    const first = await device.sync();
    expect(first.pushed).toBe(2);
    expect(await device.ledger.unsent()).toBe(0);
    const second = await device.sync();
    expect(second).toMatchObject({ pushed: 0, pulled: 0, requests: 1 });
    const [study] = (await device.records()).filter(({ kind }) => kind === 'study');
    expect(study).toMatchObject({ state: 'sent', n: 1, body });
  });

  it('brings a roll from one desk to the other and to its subject, and to nobody else', async () => {
    const [one, two] = [await joined('secretary', 0), await joined('secretary', 1)];
    const [subject, stranger] = [await joined('member', 1), await joined('member', 3)];
    await one.sync();
    const person = (await subject.ledger.current())?.person ?? '';
    const activity = await one.record('activity', {
      type: 'theme-day',
      title: '主题党日',
      starts: 1,
    });
    const body = { activity: activity.id, state: 'present', how: 'tap' };
    await one.record('check-in', body, { subject: person });
    await one.sync();
    for (const device of [two, subject, stranger]) await device.sync();
    const rollOf = async (device: HeadlessDevice) =>
      (await device.ledger.records({ kind: 'check-in' })).map((row) => [row.subject, row.body]);
    expect(await rollOf(two)).toEqual([[person, body]]);
    expect(await rollOf(subject)).toEqual([[person, body]]);
    expect(await rollOf(stranger)).toEqual([]);
  });

  it('lets an administrator make a branch and its secretary in one go, who joins and sees it', async () => {
    const admin = await joined('administrator');
    await admin.sync();
    const county = (await admin.ledger.current())?.county.id ?? '';
    const [branch, person, secret] = [crypto.randomUUID(), crypto.randomUUID(), 'B'.repeat(43)];
    const names = { hans: '李梅' };
    const card = '0123456789ABCDEF';
    const role = { role: 'secretary', names, card, from: '2026-03-01' };
    const expires = Date.now() + 3_600_000;
    const invitation = { hash: invitationHash(secret), role: 'secretary', expires };
    const place = { branch, names: { hans: '新村党支部' } };
    const saved = await admin.ledger.writeAll([
      { kind: 'branch', scope: county, body: place },
      { kind: 'role', scope: branch, subject: person, body: role },
      { kind: 'invitation', scope: branch, subject: person, body: invitation },
    ]);
    expect(saved.ok).toBe(true);
    await admin.sync();
    expect((await admin.records()).filter(({ state }) => state === 'refused')).toEqual([]);

    const desk = await createHeadlessDevice({ server: server.url, invitation: secret });
    devices.push(desk);
    expect(await desk.enrol()).toMatchObject({ person, names });
    await desk.record(
      'member',
      { names: { hans: '黄国强' }, card },
      { subject: crypto.randomUUID() },
    );
    expect(await desk.sync()).toMatchObject({ pushed: 2 });
    const kinds = (await desk.records()).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(
      expect.arrayContaining(['about', 'consent', 'member', 'presence-key', 'role']),
    );
  });

  it('S-02 sends once what it asked for again after a lost answer', async () => {
    const device = await joined('member', 2);
    await device.record('study', { day: '2026-03-02', minutes: 20, how: 'book' });
    const real = globalThis.fetch;
    globalThis.fetch = async (...args) => {
      await real(...args);
      throw new TypeError('the answer was lost');
    };
    const failed = device.sync().finally(() => (globalThis.fetch = real));
    await expect(failed).rejects.toMatchObject({ code: 'network.unreachable' });
    expect((await device.records()).every(({ state }) => state !== 'sent')).toBe(true);
    await device.sync();
    const { rows } = await server.pool.query(
      'select count(*)::int as count from records where device = $1',
      [(await device.ledger.current())?.device],
    );
    expect(rows).toEqual([{ count: 2 }]);
  });
});
