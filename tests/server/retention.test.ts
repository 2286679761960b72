/** What is older than the county keeps it goes from the server and from phones, and nothing else does (ADR 17). */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { civilDay, civilTime } from '#domain/civil-day.ts';
import { openDatabase } from '#server/db/database.ts';
import { machineSources } from '#server/sources.ts';
import { runRetentionCommand } from '#server/tasks/retention/command.ts';
import { keepOnce, startRetention } from '#server/tasks/retention/nightly.ts';
import { BATCH, countPeriods, keepPeriods } from '#server/tasks/retention/retention.ts';
import { pino } from 'pino';
import { actsOf, auditOf, urlOf } from '#tests/support/acts.ts';
import { codes } from '#tests/support/handover.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { rollOf } from '#tests/support/old-things.ts';
import { startServer } from '#tests/support/server.ts';
import { createTestClock } from '#tests/support/test-clock.ts';
import {
  joinWire,
  newId,
  secretOf,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

/** Noon in China. */
const clock = createTestClock(Date.parse('2026-11-26T04:00:00Z'));
const sources = { ...machineSources(), clock };
let server: Awaited<ReturnType<typeof startServer>>;
let secretary: WireDevice;
let member: WireDevice;
let administrator: WireDevice;
let phone: HeadlessDevice;
let seq = 0;
const folder = mkdtempSync(join(tmpdir(), 'rixue-retention-'));

beforeAll(async () => {
  server = await startServer({ sources });
  const join = (role: string) => {
    const invitation = server.invitations.find((one) => one.role === role);
    return joinWire(server.url, secretOf(invitation ?? { url: 'none:' }));
  };
  [secretary, member, administrator] = [
    await join('secretary'),
    await join('member'),
    await join('administrator'),
  ];
  const { url = '' } = server.invitations.filter(({ role }) => role === 'secretary')[1] ?? {};
  phone = await createHeadlessDevice({ server: server.url, invitation: url, clock });
  await phone.enrol();
  await phone.sync();
}, 60_000);
beforeEach(() => (seq += 1000));
afterAll(async () => {
  await phone.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const next = () => (seq += 1);
const run = () => ({ county: secretary.county.id, day: civilDay(clock.now()) });
const keep = (more = {}) => keepPeriods({ ...sources, database: server.database, ...more }, run());
/** A night later; what was not there yet is looked at. */
async function nextNight() {
  clock.pass(86_400_000);
  return keep();
}
async function send(by: WireDevice, ...records: ReturnType<typeof wireRecord>[]) {
  for (let at = 0; at < records.length; at += 100)
    await by.sync({ records: records.slice(at, at + 100) });
}
async function kept(ids: readonly string[]) {
  const { rows } = await server.pool.query<{ id: string }>(
    'select id::text from records where id = any ($1::uuid[]) and body is not null',
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}
const idsOf = (records: readonly { id: string }[]) => records.map(({ id }) => id);

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

describe('X-21 the job', () => {
  const lines = BATCH + 50;

  it('goes on where it was cut off, in the midst of a batch or after one, with one act of the whole', async () => {
    const { records } = rollOf(secretary, next(), { day: '2012-01-05', lines });
    await send(secretary, ...records);
    clock.pass(86_400_000);
    const acts = (await actsOf(server)).length;
    let salts = 0;
    const broken = {
      bytes: (length: number) => {
        if ((salts += 1) === 4) throw new Error('killed');
        return sources.random.bytes(length);
      },
    };
    await expect(keep({ random: broken })).rejects.toThrow('killed');
    expect((await kept(idsOf(records))).size).toBe(lines + 1);
    let batches = 0;
    expect(await keep({ stopped: () => (batches += 1) > 2 })).toBeNull();
    expect((await kept(idsOf(records))).size).toBe(lines + 1 - BATCH);
    expect(await keep()).toMatchObject({ entry: lines, roll: 1 });
    expect(await keep()).toBeNull();
    const [act, ...more] = (await actsOf(server)).slice(acts);
    expect(more).toEqual([]);
    expect(act).toMatchObject({ kind: 'retention', by_person: null, scope: secretary.county.id });
    expect(JSON.parse(act?.detail ?? '{}')).toMatchObject({ entry: lines, roll: 1, message: 0 });
    expect(await auditOf(urlOf(server), folder)).toEqual([expect.stringContaining('all sound')]);
  }, 60_000);

  it('erases once where two servers are at it', async () => {
    const { records } = rollOf(secretary, next(), { day: '2012-02-05', lines });
    await send(secretary, ...records);
    clock.pass(86_400_000);
    const acts = (await actsOf(server)).length;
    const { user, password, host, port, database } = server.pool.options;
    const other = openDatabase(
      { user, password: password as string, host, port, database },
      server.database.appRole,
    );
    await Promise.all([keep(), keep({ database: other })]);
    await keep();
    await other.close();
    expect(await kept(idsOf(records))).toEqual(new Set());
    const { rows } = await server.pool.query<{ id: string }>(
      `select jsonb_array_elements_text(body::jsonb -> 'records') as id from records
       where kind = 'erasure'`,
    );
    const named = rows.map(({ id }) => id).filter((id) => idsOf(records).includes(id));
    expect(named.toSorted()).toEqual(idsOf(records).toSorted());
    expect((await actsOf(server)).length).toBe(acts + 1);
  }, 60_000);

  it('runs once a night, looked for each minute, and not while the disk is low', async () => {
    const looks: (() => void)[] = [];
    let low = true;
    const disk = { isLow: async () => low };
    const deps = { ...sources, database: server.database, log: pino({ level: 'silent' }), disk };
    const { records } = rollOf(secretary, next(), { day: '2012-03-05' });
    await send(secretary, ...records);
    // 02:20 in China is still the night before.
    clock.set(civilTime(civilDay(clock.now() + 86_400_000), 2 * 60 + 20));
    const end = startRetention({
      ...deps,
      every: (_ms, look) => (looks.push(look), () => undefined),
    });
    expect(looks).toHaveLength(1);
    end();
    await keepOnce(deps);
    expect((await kept(idsOf(records))).size).toBe(3);
    clock.pass(20 * 60_000);
    await keepOnce(deps);
    expect((await kept(idsOf(records))).size).toBe(3);
    low = false;
    await keepOnce(deps);
    expect(await kept(idsOf(records))).toEqual(new Set());
  });

  it('by hand says what it would do, and does it again on the same day', async () => {
    const { records } = rollOf(secretary, next(), { day: '2012-04-05' });
    await send(secretary, ...records);
    const env = { DATA_DIR: folder, DATABASE_URL: urlOf(server) };
    const by = (...args: string[]) => runRetentionCommand(args, env, sources);
    expect(await by('--dry')).toEqual({
      ok: true,
      value: 'retention would erase: 1 rolls with 2 lines, 0 messages',
    });
    expect((await kept(idsOf(records))).size).toBe(3);
    expect(await by()).toMatchObject({ ok: true, value: expect.stringContaining('1 rolls') });
    expect(await kept(idsOf(records))).toEqual(new Set());
    expect(await by('--now')).toMatchObject({ ok: false });
  });

  it('forgets invitations that are long over, and never the one that a phone in use came by', async () => {
    const { pool } = server;
    const before = await pool.query<{ hash: string; used: boolean }>(
      'select hash, used_token_hash is not null as used from invitations order by hash',
    );
    expect(before.rows.some(({ used }) => !used)).toBe(true);
    clock.pass(400 * 86_400_000);
    const took = await keep();
    const after = await pool.query<{ hash: string; used: boolean }>(
      'select hash, used_token_hash is not null as used from invitations order by hash',
    );
    expect(after.rows).toEqual(before.rows.filter(({ used }) => used));
    expect(took?.['invitation']).toBe(before.rows.length - after.rows.length);
  });
});

describe('the county’s rule', () => {
  const set = (rolls: number) =>
    wireRecord({
      ...{ kind: 'retention', scope: administrator.county.id, seq: next() },
      body: { from: civilDay(clock.now()), rolls, messages: 3, logs: 184 },
    });
  const told = async () =>
    (await member.pullAll())
      .filter(({ kind }) => kind === 'keeping')
      .map((row) => 'body' in row && row.body);

  it('is told to every branch once, and a repeated record brings no older one back', async () => {
    const [first, second] = [set(12), set(15)];
    await send(administrator, first);
    await send(administrator, second);
    await send(administrator, first);
    const rule = { messages: 3, logs: 184 };
    expect(await told()).toEqual([
      { rolls: 12, ...rule },
      { rolls: 15, ...rule },
    ]);
  });

  it('X-02 is what the job goes by, and its page counts before anything is saved', async () => {
    const { records } = rollOf(secretary, next(), {
      day: civilDay(clock.now() - 13 * 366 * 86_400_000),
    });
    await send(secretary, ...records);
    const ask = async (by: WireDevice, rolls: number) => {
      const headers = { authorization: `Bearer ${by.token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ rolls, messages: 3, logs: 184 });
      const answer = await fetch(`${server.url}/api/retention`, { method: 'POST', headers, body });
      return [answer.status, await answer.json()];
    };
    expect(await ask(secretary, 2)).toEqual([404, { error: 'request.not-found' }]);
    expect(await ask(administrator, 10)).toEqual([200, { rolls: 1, lines: 2, messages: 0 }]);
    expect(await ask(administrator, 1)).toEqual([400, { error: 'request.malformed' }]);
    await nextNight();
    expect((await kept(idsOf(records))).size).toBe(3);
    await send(administrator, set(12));
    await nextNight();
    expect(await kept(idsOf(records))).toEqual(new Set());
  });
});
