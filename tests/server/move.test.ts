/** A phone lets another device of its person in by a code (protocol/move.ts). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moveLookup } from '#domain/move-code.ts';
import { personScope } from '#domain/roles.ts';
import type { MoveAnswer } from '#protocol/move.ts';
import { actsOf } from '#tests/support/acts.ts';
import { emptyPhone } from '#tests/support/devices.ts';
import {
  answered,
  ENDED,
  HOUR_MS,
  MINUTE_MS,
  OVER,
  SEALED,
  startMove,
  startMoves,
} from '#tests/support/moves.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import {
  CARD,
  newId,
  newSecretText,
  post,
  selfRecord,
  wireRecord,
} from '#tests/support/wire-device.ts';

let at: Awaited<ReturnType<typeof startMoves>>;
let one: Awaited<ReturnType<typeof startMove>>;

beforeAll(async () => void (at = await startMoves()));
afterAll(() => at.server.stop());
beforeEach(async () => void (one = await startMove(at)));

describe('a code', () => {
  it('lets one more device of its person in, with what was sealed for it and all that they may read', async () => {
    await one.phone.sync({ records: [selfRecord(personScope(one.person), 1)] });
    const made = (await (await one.make()).json()) as MoveAnswer;
    expect(made).toEqual({ until: at.time.now + 10 * MINUTE_MS, now: at.time.now });
    const browser = await one.newcomer();
    const { names, place, county } = one.phone;
    const want = { person: one.person, names, place, county, sealed: SEALED, ends: null };
    expect(await browser.take()).toMatchObject(want);
    const rows = await browser.pullAll();
    expect(rows.map(({ kind }) => kind)).toContain('self');
    expect((await one.phone.send(one.phone.request({}))).status).toBe(200);
  });

  it('S-02 gives the same device the same answer for a day, and opens nothing after it', async () => {
    await one.make();
    const browser = await one.newcomer();
    const first = await browser.take();
    at.time.now += 23 * HOUR_MS;
    expect(await browser.take()).toEqual({ ...first, now: at.time.now });
    at.time.now += 2 * HOUR_MS;
    expect(await answered(await browser.ask())).toEqual(OVER);
    expect((await browser.ask({ token: newSecretText() })).status).toBe(410);
  });

  it('X-08 is over after ten minutes, used, taken back, replaced or of nobody: one answer for all', async () => {
    const [first, second] = [await one.newcomer(), await one.newcomer()];
    expect(await answered(await first.ask())).toEqual(OVER);
    await one.make();
    at.time.now += 10 * MINUTE_MS - 1;
    expect((await first.ask()).status).toBe(200);
    expect(await answered(await second.ask())).toEqual(OVER);
    await one.make();
    at.time.now += 10 * MINUTE_MS;
    expect(await answered(await second.ask())).toEqual(OVER);
    await one.make();
    expect(await answered(await one.back())).toEqual([200, { until: null, now: at.time.now }]);
    expect((await one.back()).status).toBe(200);
    expect(await answered(await second.ask())).toEqual(OVER);
    await one.make();
    await one.make({ lookup: moveLookup(newId()) });
    expect(await answered(await second.ask())).toEqual(OVER);
  });

  it('X-08 guessed again and again opens nothing and keeps nobody else out', async () => {
    await one.make();
    const [browser, guesser] = [await one.newcomer(), await one.newcomer()];
    for (let i = 0; i < 50; i += 1)
      expect(await answered(await guesser.ask({ lookup: moveLookup(newId()) }))).toEqual(OVER);
    expect((await browser.ask()).status).toBe(200);
  });

  it('X-08 lets one of six at once in', async () => {
    await one.make();
    const all = await Promise.all(Array.from({ length: 6 }, one.newcomer));
    // Its row is held until all have come that far: else they would follow each other by chance.
    const holder = await at.server.pool.connect();
    await holder.query('begin; select from moves for update');
    const asked = all.map(({ ask }) => ask());
    const waiting = `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect
      .poll(async () => (await at.server.pool.query<{ n: number }>(waiting)).rows[0]?.n)
      .toBe(6);
    await holder.query('rollback');
    holder.release();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, ...Array(5).fill(410)]);
  });

  it('X-09 gives nobody the id or the token of somebody', async () => {
    await one.make();
    const browser = await one.newcomer();
    const { rows } = await at.server.pool.query('select server_device from county');
    for (const more of [
      { device: (rows[0] as { server_device: string }).server_device },
      { device: one.phone.device },
      { device: one.desk.device },
      { token: one.phone.token },
      { key: 'no key' },
    ])
      expect((await browser.ask(more)).status).toBe(400);
    expect((await browser.ask()).status).toBe(200);
  });

  it('X-11 of a phone that has been ended since lets nobody in', async () => {
    await one.make();
    await one.desk.sync({ records: [at.writes.revocation(3, one.phone)] });
    expect(await answered(await (await one.newcomer()).ask())).toEqual(OVER);
    expect(await answered(await one.make())).toEqual(ENDED);
  });

  it('takes nothing that is no code: too much sealed, another number of hours, no hash', async () => {
    for (const more of [{ sealed: 'A'.repeat(2049) }, { hours: 13 }, { lookup: 'short' }])
      expect((await one.make(more)).status).toBe(400);
    expect((await one.make({}, { token: newSecretText() })).status).toBe(401);
  });

  it('leaves no row behind once a day is over', async () => {
    await one.make();
    at.time.now += 25 * HOUR_MS;
    await one.back(await at.writes.somebody());
    const { rows } = await at.server.pool.query('select from moves where person = $1', [
      one.person,
    ]);
    expect(rows).toEqual([]);
  });

  it('is an act of whoever keeps a roster, and none of a member', async () => {
    await one.make();
    await (await one.newcomer()).ask();
    expect((await actsOf(at.server)).filter((act) => act.person === one.person)).toEqual([]);
    one.another();
    await one.make({ hours: 12 }, at.secretary);
    const office = await one.newcomer();
    await office.ask();
    const acts = (await actsOf(at.server)).filter((act) => act.person === at.secretary.person);
    expect(acts.at(-1)).toMatchObject({ kind: 'join', by_device: at.secretary.device });
    expect(JSON.parse(acts.at(-1)?.detail ?? '')).toMatchObject({
      device: office.device,
      hours: 12,
    });
  });
});

describe('somebody who moved to another branch, which the old one erased since,', () => {
  it('S-15 takes another device by a code all the same, and is recalled by a cookie', async () => {
    const { rows } = await at.server.pool.query<{ scope: string }>(
      `select scope from scopes where kind = 'branch' and scope <> $1 order by scope limit 1`,
      [at.writes.branch],
    );
    const scope = rows[0]?.scope ?? '';
    const roles = ['member', 'secretary'] as const;
    const next = await personalDevice(
      at.server,
      newId(),
      roles.map((role) => ({ scope, role })),
    );
    const about = { subject: one.person, day: '2026-03-05' };
    const moved = { day: '2026-03-05', code: CARD };
    const names = { hans: '欧阳明月', hant: '歐陽明月' };
    const row = (await one.desk.pullAll()).find(
      (record) => record.kind === 'member' && 'subject' in record && record.subject === one.person,
    );
    const old = { scope: at.writes.branch };
    await one.desk.sync({
      records: [
        wireRecord({ kind: 'transfer', ...old, ...about, seq: 3, body: { way: 'out', ...moved } }),
        wireRecord({ kind: 'erasure', ...old, seq: 4, body: { records: [row?.id ?? ''] } }),
      ],
    });
    await next.sync({
      records: [
        wireRecord({ kind: 'member', scope, ...about, seq: 1, body: { names, card: CARD } }),
        wireRecord({ kind: 'transfer', scope, ...about, seq: 2, body: { way: 'in', ...moved } }),
      ],
    });
    await one.make();
    const browser = await one.newcomer();
    expect(await browser.take()).toMatchObject({ names, grants: [{ scope, role: 'member' }] });
    const cookie = `__Host-rixue-${one.person.slice(-12)}=${browser.token}`;
    const answer = await post(`${at.server.url}/api/join/recall`, {}, { cookie });
    expect(await answer.json()).toMatchObject({ people: [{ person: one.person, names }] });
  });
});

describe('a second device', () => {
  it('X-11 is ended as other devices are, by its person or the desk, and the phone stays', async () => {
    await one.make();
    const browser = await one.newcomer();
    await browser.take();
    await one.phone.sync({
      records: [at.writes.revocation(1, { person: one.person, device: browser.device })],
    });
    expect(await answered(await browser.send(browser.request({})))).toEqual(ENDED);
    expect((await one.phone.send(one.phone.request({}))).status).toBe(200);
  });

  it('X-11 ends with the phone where the secretary lets another one in', async () => {
    await one.make();
    const browser = await one.newcomer();
    await browser.take();
    const empty = await emptyPhone(at.server, one.secret, one.person);
    const request = await empty.ask();
    await one.desk.sync({
      records: [at.writes.admission(3, one.person, { device: empty.device, request })],
    });
    expect(await at.writes.isEnded(browser)).toBe(true);
    expect(await at.writes.isEnded(one.phone)).toBe(true);
  });

  it('is recalled by its cookie, though no invitation was its own', async () => {
    await one.make();
    const browser = await one.newcomer();
    await browser.take();
    await browser.sync({ records: [selfRecord(personScope(one.person), 1)] });
    const cookie = `__Host-rixue-${one.person.slice(-12)}=${browser.token}`;
    const answer = await post(`${at.server.url}/api/join/recall`, {}, { cookie });
    expect(await answer.json()).toMatchObject({
      people: [{ person: one.person, device: browser.device, seq: 1 }],
    });
  });
});
