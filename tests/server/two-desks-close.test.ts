import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClosing } from '#data/closing-view.ts';
import { checkCodeOf } from '#domain/check-code.ts';
import { foldClosing } from '#domain/closing.ts';
import { enteredLater } from '#domain/entered-later.ts';
import { foldHall, linesOf } from '#domain/hall-count.ts';
import { closingFor } from '#domain/headcount.ts';
import type { MeetingRecord } from '#domain/meeting-records.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { startServer } from '#tests/support/server.ts';

const STARTS = Date.parse('2026-03-01T11:30:00Z');

let server: Awaited<ReturnType<typeof startServer>>;
const desks: HeadlessDevice[] = [];

beforeAll(async () => {
  server = await startServer({ seed: 'demo' });
  for (const { url, role } of server.invitations) {
    if (role !== 'secretary' || desks.length === 2) continue;
    const device = await createHeadlessDevice({ server: server.url, invitation: url });
    desks.push(device);
    await device.enrol();
    await device.sync();
  }
});
afterAll(async () => {
  await Promise.all(desks.map((device) => device.close()));
  await server.stop();
});

const tap = (desk: HeadlessDevice, activity: string, subject: string, state = 'present') =>
  desk.record('check-in', { activity, state, how: 'tap' }, { subject });

async function close(desk: HeadlessDevice, activity: string, headcount: number) {
  const view = await readClosing(desk.ledger, activity);
  const body = view && closingFor(activity, view.hall, { headcount, asIs: true });
  if (!body?.ok) throw new Error('nothing to close');
  return desk.record('closing', body.value);
}

/** What the server's own rows say, by the rules that the phones fold with. */
async function onServer(activity: string): Promise<MeetingRecord[]> {
  const { rows } = await server.pool.query<MeetingRecord & { body: string }>(
    `select id, kind, subject, author, device, seq::int, n::int, at::float8, day, body, confirm
       from records where id::text = $1 or body like '%' || $1 || '%'`,
    [activity],
  );
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }));
}

describe('two desks that close one activity offline', () => {
  it('have the same roll and check code after both synced, and the server’s rows give it too', async () => {
    const [one, two] = desks as [HeadlessDevice, HeadlessDevice];
    const people = (await one.ledger.records({ kind: 'member' })).map((row) => row.subject ?? '');
    const { id } = await one.record('activity', { type: 'lecture', title: '党课', starts: STARTS });
    await one.sync();
    await two.sync();
    for (const person of people.slice(0, 3)) await tap(one, id, person);
    for (const person of people.slice(2, 5)) await tap(two, id, person);
    await tap(two, id, people[0] ?? '', 'leave');
    await close(one, id, 3);
    await close(two, id, 4);
    for (const device of [two, one, two]) await device.sync();

    const [first, second] = await Promise.all(
      [one, two].map((each) => readClosing(each.ledger, id)),
    );
    expect(second?.closing).toEqual(first?.closing);
    expect(second?.hall).toEqual(first?.hall);
    // The one who synced last closed last in the common order, and knew nothing of what the other had tapped.
    const author = (await one.ledger.current())?.person;
    expect(first?.closing).toMatchObject({ by: author, headcount: 3, asClosed: false });
    const changed = first?.closing?.amended.map(({ subject }) => subject);
    expect(changed?.sort()).toEqual([people[3], people[4]].sort());

    const rows = await onServer(id);
    expect(foldClosing({ id, starts: STARTS }, rows)).toEqual(first?.closing);
    const hall = foldHall(id, rows);
    const lines = linesOf(hall.roll);
    expect(lines).toHaveLength(5);
    expect(checkCodeOf({ activity: id, headcount: 3, paper: 0, lines })).toBe(first?.closing?.code);
  });

  it('A-06, A-08 a meeting of last year with its reason is taken in like any other, and nothing is made of it', async () => {
    const [one, two] = desks as [HeadlessDevice, HeadlessDevice];
    const before = await everything();
    const starts = STARTS - 120 * 86_400_000;
    const body = { type: 'lecture', title: '党课', starts, late: '当时只有纸' };
    const { id } = await one.record('activity', body);
    await one.sync();
    await two.sync();
    const there = (await two.ledger.records({ kind: 'activity' })).filter((row) => row.id === id);
    expect(there).toMatchObject([{ confirm: null, body }]);
    expect(enteredLater({ ...body, id }, there)).toEqual({ reason: '当时只有纸' });
    expect(enteredLater({ id, starts }, there)).toEqual({ reason: null });
    expect(await everything()).toEqual({ ...before, records: before.records + 1 });
  });
});

/** How many rows there are of what somebody could be told by. */
async function everything() {
  const { rows } = await server.pool.query<{ records: number; acts: number }>(
    'select (select count(*)::int from records) as records, (select count(*)::int from acts) as acts',
  );
  return rows[0]!;
}
