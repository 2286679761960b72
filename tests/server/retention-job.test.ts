/** The night's job: cut off, with a second server, by hand, and the rule that it goes by (ADR 17). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { civilDay, civilTime } from '#domain/civil-day.ts';
import { openDatabase } from '#server/db/database.ts';
import { runRetentionCommand } from '#server/tasks/retention/command.ts';
import { keepOnce, startRetention } from '#server/tasks/retention/nightly.ts';
import { BATCH } from '#server/tasks/retention/retention.ts';
import { actsOf, auditOf, urlOf } from '#tests/support/acts.ts';
import { agingCounty, idsOf, rollOf } from '#tests/support/old-things.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { wireRecord, type WireDevice } from '#tests/support/wire-device.ts';

type County = Awaited<ReturnType<typeof agingCounty>>;
let clock: County['clock'];
let sources: County['sources'];
let server: County['server'];
let secretary: County['secretary'];
let member: County['member'];
let administrator: County['administrator'];
let keep: County['keep'];
let nextNight: County['nextNight'];
let send: County['send'];
let kept: County['kept'];
let seq = 0;
const folder = mkdtempSync(join(tmpdir(), 'rixue-retention-'));

beforeAll(async () => {
  const county = await agingCounty();
  ({ clock, sources, server, secretary, member, administrator, keep, nextNight, send, kept } =
    county);
}, 60_000);
beforeEach(() => (seq += 1000));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const next = () => (seq += 1);

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

  it('S-16 takes nothing by a clock that is years ahead for a while, and goes on when it is right', async () => {
    const disk = { isLow: async () => false };
    const deps = { ...sources, database: server.database, log: pino({ level: 'silent' }), disk };
    await nextNight();
    const young = rollOf(secretary, next(), { day: civilDay(clock.now()) });
    const old = rollOf(secretary, (next(), next(), next()), { day: '2012-03-06' });
    await send(secretary, ...young.records, ...old.records);
    const right = clock.now();
    clock.set(civilTime('2061-01-01', 12 * 60));
    await keepOnce(deps);
    expect((await kept(idsOf([...young.records, ...old.records]))).size).toBe(6);
    clock.set(right + 86_400_000);
    await keepOnce(deps);
    expect(await kept(idsOf([...young.records, ...old.records]))).toEqual(
      new Set(idsOf(young.records)),
    );
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

  it('X-08 nor the one of somebody whose first phone ended long ago while a second is in use', async () => {
    const { pool } = server;
    const second = await personalDevice(server, member.person, member.grants);
    await pool.query('update devices set revoked = 1 where device = $1', [member.device]);
    await nextNight();
    const left = async () =>
      (await pool.query('select from invitations where person = $1', [member.person])).rowCount;
    // By it a code of theirs and a cleared browser find who they are.
    expect(await left()).toBe(1);
    await pool.query('update devices set revoked = 1 where device = $1', [second.device]);
    await nextNight();
    expect(await left()).toBe(0);
    await pool.query('update devices set revoked = null where device = $1', [member.device]);
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
