/** What is older than the county keeps it goes from the server and from phones, and nothing else does (ADR 17). */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { civilDay, civilTime } from '#domain/civil-day.ts';
import { countPeriods } from '#server/tasks/retention/retention.ts';
import { codes } from '#tests/support/handover.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { agingCounty, idsOf, rollOf } from '#tests/support/old-things.ts';
import { newId, wireRecord } from '#tests/support/wire-device.ts';

type County = Awaited<ReturnType<typeof agingCounty>>;
let clock: County['clock'];
let server: County['server'];
let secretary: County['secretary'];
let member: County['member'];
let administrator: County['administrator'];
let run: County['run'];
let keep: County['keep'];
let nextNight: County['nextNight'];
let send: County['send'];
let kept: County['kept'];
let cameLongAgo: County['cameLongAgo'];
let seq = 0;
let phone: HeadlessDevice;

beforeAll(async () => {
  const county = await agingCounty();
  ({ clock, server, secretary, member, administrator, run, keep, nextNight, send, kept } = county);
  ({ cameLongAgo } = county);
  const { url = '' } = server.invitations.filter(({ role }) => role === 'secretary')[1] ?? {};
  phone = await createHeadlessDevice({ server: server.url, invitation: url, clock });
  await phone.enrol();
  await phone.sync();
}, 60_000);
beforeEach(() => (seq += 1000));
afterAll(async () => {
  await phone.close();
  await server.stop();
});

const next = () => (seq += 1);

describe('X-21 a roll', () => {
  it('goes whole on the day after its years are full, whenever its lines were written', async () => {
    const old = rollOf(secretary, next(), { day: '2016-11-25', written: '2016-12-03' });
    seq += 10;
    const young = rollOf(secretary, next(), { day: '2016-11-26', written: '2016-11-20' });
    await send(secretary, ...old.records, ...young.records);
    expect(await countPeriods(server.database, run())).toEqual({ entry: 2, roll: 1, message: 0 });
    expect(await keep()).toMatchObject({ entry: 2, roll: 1, message: 0 });
    expect(await kept(idsOf([...old.records, ...young.records]))).toEqual(
      new Set(idsOf(young.records)),
    );
    await nextNight();
    expect(await kept(idsOf(young.records))).toEqual(new Set());
  });

  it('leaves hashes, numbers and tags as they were', async () => {
    const { records } = rollOf(secretary, next(), { day: '2011-01-05' });
    await send(secretary, ...records);
    const before = await chainOf(secretary.branch);
    await nextNight();
    const after = await chainOf(secretary.branch);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(await kept(idsOf(records))).toEqual(new Set());
    let tag = Buffer.alloc(0);
    for (const row of after) {
      tag = createHash('sha256').update(tag).update(row.hash).digest().subarray(0, 8);
      expect(row.tag).toEqual(tag);
    }
  });

  it('stays erased when a phone brings it again, and one that only a phone had goes the next night', async () => {
    const { records } = rollOf(secretary, next(), { day: '2010-01-05' });
    await send(secretary, ...records);
    await nextNight();
    const again = codes(await secretary.sync({ records }));
    expect(again.map(([, code]) => code)).toEqual(['dup']);
    seq += 10;
    const late = wireRecord({
      ...{ kind: 'check-in', scope: secretary.branch, seq: next(), subject: newId() },
      ...{ day: '2026-01-07', body: { activity: records[0]?.id, state: 'present', how: 'scan' } },
    });
    await send(secretary, late);
    expect(await kept(idsOf([...records, late]))).toEqual(new Set([late.id]));
    await nextNight();
    expect(await kept([late.id])).toEqual(new Set());
  });
});

async function chainOf(scope: string) {
  const { rows } = await server.pool.query<{ n: string; hash: Buffer; tag: Buffer }>(
    'select n, hash, tag from records where scope = $1 order by n',
    [scope],
  );
  return rows;
}

describe('X-21 a message', () => {
  it('goes after three years, from the county’s scope too, and its readers hear of it', async () => {
    const scope = secretary.county.id;
    const told = (day: string) =>
      wireRecord({
        ...{ kind: 'complaint', scope, seq: next(), subject: member.person, day },
        body: { text: `旧话 ${day}` },
      });
    const [old, young] = [told('2023-01-01'), told(civilDay(clock.now()))];
    const asked = wireRecord({
      ...{ kind: 'request', scope: member.branch, seq: next(), subject: member.person },
      ...{ day: '2023-01-02', body: { of: 'correction', text: '我在二组' } },
    });
    await send(member, old, young, asked);
    expect(await nextNight()).toMatchObject({ message: 2 });
    expect(await kept([old.id, young.id, asked.id])).toEqual(new Set([young.id]));
    const rows = await administrator.pullAll();
    expect(rows.find(({ id }) => id === old.id)).toMatchObject({ erased: expect.any(String) });
    expect(JSON.stringify(rows.filter(({ kind }) => kind === 'erasure'))).toContain(old.id);
  });
});

describe('X-21 what a phone brings', () => {
  it('with a clock that was years behind stays until people had time to see it', async () => {
    const roll = rollOf(secretary, next(), { day: '2010-01-01' });
    const asked = wireRecord({
      ...{ kind: 'request', scope: member.branch, seq: next(), subject: member.person },
      ...{ day: '2010-01-01', body: { of: 'correction', text: '我在三组' } },
    });
    await secretary.sync({ records: roll.records });
    await member.sync({ records: [asked] });
    const ids = idsOf([...roll.records, asked]);
    await nextNight();
    expect(await kept(ids)).toEqual(new Set(ids));
    clock.pass(31 * 86_400_000);
    await nextNight();
    expect(await kept(ids)).toEqual(new Set());
  });
});

describe('X-21 a phone', () => {
  it('drops what went with its next sync, and keeps its study and what it has not sent', async () => {
    const starts = civilTime('2009-05-01', 19 * 60);
    const meeting = await phone.record('activity', { type: 'lecture', title: '老党课', starts });
    const line = { activity: meeting.id, state: 'present', how: 'tap' };
    const first = await phone.record('check-in', line, { subject: newId() });
    const study = { day: '2009-05-01', minutes: 30, how: 'book' };
    await phone.record('study', study);
    await phone.sync();
    const unsent = await phone.record('check-in', line, { subject: newId() });
    await cameLongAgo();
    await nextNight();
    await phone.sync();
    const held = await phone.records();
    expect(JSON.stringify(held)).not.toContain('老党课');
    const gone = [meeting.id, first.id];
    const erased = held.filter(({ id }) => gone.includes(id)).map(({ kind }) => kind);
    expect(erased).toEqual(['erased', 'erased']);
    expect(held.find(({ kind }) => kind === 'study')?.body).toMatchObject(study);
    expect(held.find(({ id }) => id === unsent.id)).toMatchObject({ body: line, state: 'sent' });
  });
});
