/** A computer at work that is lent for twelve hours: it is over by itself, as a revoked device is. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { personScope } from '#domain/roles.ts';
import type { TakeAnswer } from '#protocol/move.ts';
import { codes } from '#tests/support/devices.ts';
import {
  answered,
  ENDED,
  HOUR_MS,
  MINUTE_MS,
  OVER,
  startMove,
  startMoves,
} from '#tests/support/moves.ts';
import {
  newId,
  newSecretText,
  post,
  selfRecord,
  wireDevice,
  wireRecord,
} from '#tests/support/wire-device.ts';

let at: Awaited<ReturnType<typeof startMoves>>;
let one: Awaited<ReturnType<typeof startMove>>;

beforeAll(async () => void (at = await startMoves()));
afterAll(() => at.server.stop());
beforeEach(async () => void (one = await startMove(at)));

const keyCount = async () =>
  (
    await at.server.pool.query(`select from records where scope = $1 and kind = 'presence-key'`, [
      at.writes.branch,
    ])
  ).rows.length;

describe('a computer at work', () => {
  let office: Awaited<ReturnType<(typeof one)['newcomer']>>;
  let answer: TakeAnswer;
  beforeEach(async () => {
    await one.make({ hours: 12 });
    at.time.now += 5 * MINUTE_MS;
    office = await one.newcomer();
    answer = await office.take();
  });

  it('X-11 is lent for twelve hours from the taking, and is refused by itself after them', async () => {
    expect(answer.ends).toBe(at.time.now + 12 * HOUR_MS);
    at.time.now += 12 * HOUR_MS - 1;
    expect((await office.send(office.request({}))).status).toBe(200);
    at.time.now += 1;
    expect(await answered(await office.send(office.request({})))).toEqual(ENDED);
    const renewed = { device: newId(), token: newSecretText() };
    const headers = { authorization: `Bearer ${office.token}` };
    expect(await answered(await post(`${at.server.url}/api/renew`, renewed, headers))).toEqual(
      ENDED,
    );
    expect(await answered(await office.ask())).toEqual(OVER);
    expect((await one.phone.send(one.phone.request({}))).status).toBe(200);
  });

  it('X-11 hears of its end also where it asks twice at once', async () => {
    one.another();
    await one.make({ hours: 12 });
    const second = await one.newcomer();
    // Its row is held until both have come that far.
    const holder = await at.server.pool.connect();
    await holder.query('begin; select from moves for update');
    const asked = [second.take(), second.take()];
    const waiting = `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect
      .poll(async () => (await at.server.pool.query<{ n: number }>(waiting)).rows[0]?.n)
      .toBe(2);
    await holder.query('rollback');
    holder.release();
    const ends = (await Promise.all(asked)).map((told) => told.ends);
    expect(ends).toEqual([at.time.now + 12 * HOUR_MS, at.time.now + 12 * HOUR_MS]);
  });

  it('X-11 hands in what it holds after the end, which waits, with how far it had come noted', async () => {
    const scope = personScope(one.person);
    await office.sync({ records: [selfRecord(scope, 1), selfRecord(scope, 2)] });
    at.time.now += 13 * HOUR_MS;
    const absence = wireRecord({
      ...{ kind: 'absence', scope: at.writes.branch, seq: 4, subject: one.person },
      body: { activity: newId(), coming: false },
    });
    const handed = await office.sync({ records: [selfRecord(scope, 3), absence], own: true });
    expect(codes(handed)).toEqual([
      [3, 'ok'],
      [4, 'to-confirm', 'after-revocation'],
    ]);
    expect([handed.pages, handed.grants]).toEqual([[], []]);
    const { rows } = await at.server.pool.query(
      'select last_seq::int as last, (revoked = ends) as "asLent" from devices where device = $1',
      [office.device],
    );
    expect(rows).toEqual([{ last: 2, asLent: true }]);
  });

  it('X-11 is marked by whoever asks next, and that changes nothing of anybody else', async () => {
    at.time.now += 12 * HOUR_MS;
    await one.desk.sync();
    expect(await at.writes.isEnded(office)).toBe(true);
    expect(await at.writes.isEnded(one.phone)).toBe(false);
  });

  it('X-11 keeps its end under another id', async () => {
    const [device, token] = [newId(), newSecretText()];
    const headers = { authorization: `Bearer ${office.token}` };
    expect((await post(`${at.server.url}/api/renew`, { device, token }, headers)).status).toBe(200);
    const next = wireDevice(at.server.url, { device, token });
    expect((await next.send(next.request({}))).status).toBe(200);
    at.time.now += 12 * HOUR_MS;
    expect(await answered(await next.send(next.request({})))).toEqual(ENDED);
  });

  it('X-11 lets no other device in, so that nothing lent comes to be for good', async () => {
    expect(await answered(await one.make({}, office))).toEqual([403, { error: 'move.lent' }]);
  });

  it('X-11 of whoever keeps a roster leaves with the presence key', async () => {
    one.another();
    await one.make({ hours: 12 }, at.secretary);
    await (await one.newcomer()).ask();
    const before = await keyCount();
    at.time.now += 12 * HOUR_MS;
    await Promise.all([one.desk.sync(), one.phone.sync()]);
    expect(await keyCount()).toBe(before + 1);
    await one.desk.sync();
    expect(await keyCount()).toBe(before + 1);
  });

  it('the role of requests ends no device that was not lent', async () => {
    const end = (device: string, scope = personScope(one.person)) =>
      at.server.pool.query(`select end_overdue($1, $2, 9e15::bigint) as ended`, [scope, device]);
    const client = await at.server.pool.connect();
    await client.query(
      `begin; select set_config('rixue.scopes', '${personScope(one.person)}', true)`,
    );
    const { rows } = await client.query(
      `select end_overdue($1, $2, 9e15::bigint)::int as phone, end_overdue($1, $3, 9e15::bigint)::int as office`,
      [personScope(one.person), one.phone.device, office.device],
    );
    await client.query('rollback');
    client.release();
    expect(rows).toEqual([{ phone: 0, office: 1 }]);
    await expect(end(office.device)).rejects.toThrow('outside the scopes');
  });
});
