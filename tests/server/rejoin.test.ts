/** An empty phone asks to be let in again; the desk that knows the voice admits it by one record. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkNumber } from '#domain/devices.ts';
import { personScope } from '#domain/roles.ts';
import type { AgainAnswer } from '#protocol/rejoin.ts';
import { actsOf } from '#tests/support/acts.ts';
import { codes, emptyPhone, invited, startDevices, type Device } from '#tests/support/devices.ts';
import { startServer } from '#tests/support/server.ts';
import {
  joinWire,
  newId,
  newSecretText,
  post,
  secretOf,
  selfRecord,
  wireDevice,
  wireRecord,
} from '#tests/support/wire-device.ts';

const DAY_MS = 86_400_000;

let server: Awaited<ReturnType<typeof startServer>>;
let writes: Awaited<ReturnType<typeof startDevices>>;
let now = Date.now();
let desk: Device;
let secret: string;
let person: string;
let old: Awaited<ReturnType<typeof joinWire>>;
let phone: Awaited<ReturnType<typeof emptyPhone>>;

beforeAll(async () => {
  const clock = { now: () => now, monotonic: () => performance.now() };
  server = await startServer({ sources: { clock } });
  writes = await startDevices(server);
});
afterAll(() => server.stop());
beforeEach(async () => {
  desk = await writes.somebody('secretary');
  ({ secret, person } = await invited(desk, writes.branch, 1));
  old = await joinWire(server.url, secret);
  phone = await emptyPhone(server, secret, person);
});

const admit = (request: string, by = desk, seq = 3) =>
  by.sync({ records: [writes.admission(seq, person, { device: phone.device, request })] });
const goOn = () => wireDevice(server.url, phone);
const requests = async (of: Device) =>
  (await of.pullAll()).filter(
    (row) => row.kind === 'rejoin-request' && 'subject' in row && row.subject === person,
  );

describe('a request', () => {
  it('reaches the desk with a number that both sides make of it', async () => {
    const request = await phone.ask();
    const rows = await requests(desk);
    expect(rows).toMatchObject([{ id: request, subject: person, body: { device: phone.device } }]);
    expect(checkNumber(request, phone.device)).toMatch(/^\d{6}$/);
    expect(checkNumber(newId(), phone.device)).not.toBe(checkNumber(request, phone.device));
  });

  it('X-09 alone gives nobody anything: no name, no row, no way in', async () => {
    const answer = await phone.send(true);
    const told = (await answer.json()) as AgainAnswer;
    expect(Object.keys(told).toSorted()).toEqual(['request', 'state']);
    expect((await goOn().send(goOn().request({}))).status).toBe(401);
    expect(await phone.look()).toEqual(told);
    expect((await old.send(old.request({}))).status).toBe(200);
    expect(await requests(await writes.somebody())).toEqual([]);
  });

  it('S-02 is one request, however often it is sent', async () => {
    const request = await phone.ask();
    expect(await phone.ask()).toBe(request);
    expect(await requests(desk)).toHaveLength(1);
  });

  it('is left by asking alone, never by looking', async () => {
    expect(await phone.look()).toEqual({ state: 'none' });
    expect(await requests(desk)).toEqual([]);
  });

  it('X-08 waits three at a time for one person, and a fortnight', async () => {
    await phone.ask();
    for (let i = 0; i < 2; i += 1) await (await emptyPhone(server, secret, person)).ask();
    const fourth = await emptyPhone(server, secret, person);
    const answer = await fourth.send(true);
    expect([answer.status, await answer.json()]).toEqual([409, { error: 'invitation.asked' }]);
    expect(await requests(desk)).toHaveLength(3);
    now += 14 * DAY_MS;
    expect(await phone.look()).toEqual({ state: 'none' });
    expect(await fourth.ask()).not.toBe('');
  });

  it('X-08 is refused by an invitation that still opens, that nobody knows, or of a secretary', async () => {
    const fresh = await invited(desk, writes.branch, 3);
    const status = async (of: string) =>
      (await (await emptyPhone(server, of, person)).send(true)).status;
    expect(await status(fresh.secret)).toBe(400);
    expect(await status(newSecretText())).toBe(404);
    expect(await status(secretOf(server.invitations[4] ?? { url: 'none:' }))).toBe(410);
    expect((await phone.send(true, { key: '!' })).status).toBe(400);
  });

  it('opens also by an invitation that was never used and is over', async () => {
    ({ secret, person } = await invited(desk, writes.branch, 3));
    now += 31 * DAY_MS;
    phone = await emptyPhone(server, secret, person);
    await admit(await phone.ask(), desk, 5);
    expect(await phone.look()).toMatchObject({ state: 'in', joined: { person } });
    expect((await goOn().sync()).grants).toEqual([{ scope: writes.branch, role: 'member' }]);
  });

  it('X-09 under the id or token of somebody’s device asks for nothing', async () => {
    for (const taken of [{ device: desk.device }, { token: desk.token }, { device: old.device }])
      expect((await phone.send(true, taken)).status).toBe(400);
    await phone.ask();
    expect((await phone.send(false, { token: newSecretText() })).status).toBe(200);
    expect((await phone.send(true, { token: newSecretText() })).status).toBe(400);
  });
});

describe('X-11 an admission', () => {
  it('lets that phone in with its rows, and ends the earlier ones, which still hand in', async () => {
    const request = await phone.ask();
    expect(codes(await admit(request))).toEqual([[3, 'ok']]);
    const told = await phone.look();
    expect(told).toMatchObject({ state: 'in', joined: { person, names: { hans: '欧阳明月' } } });
    const kinds = (await goOn().pullAll()).map(({ kind }) => kind);
    expect(kinds).toContain('member');
    expect(await writes.isEnded(old)).toBe(true);
    const own = selfRecord(personScope(person), 1);
    expect(codes(await old.sync({ records: [own] }))).toEqual([[1, 'ok']]);
    expect((await phone.look()).state).toBe('in');
  });

  it('made before the phone looked again works when it arrives, once', async () => {
    const request = await phone.ask();
    now += 10 * DAY_MS;
    const record = writes.admission(3, person, { device: phone.device, request });
    await desk.sync({ records: [record] });
    const again = await emptyPhone(server, secret, person);
    const next = await again.ask();
    await desk.sync({
      records: [writes.admission(4, person, { device: again.device, request: next })],
    });
    // Told once more it ends nothing of what came after it.
    expect(codes(await desk.sync({ records: [record] }))).toEqual([[3, 'dup']]);
    expect([await writes.isEnded(phone), await writes.isEnded(again)]).toEqual([true, false]);
  });

  it('of another device, or of a request that is over or somebody else’s, lets nobody in', async () => {
    const request = await phone.ask();
    const other = await emptyPhone(server, secret, person);
    const wrong = writes.admission(3, person, { device: other.device, request });
    const foreign = writes.admission(4, (await writes.somebody()).person, {
      device: phone.device,
      request,
    });
    await desk.sync({ records: [wrong, foreign] });
    now += 14 * DAY_MS;
    await admit(request, desk, 5);
    expect([await phone.look(), await other.look()]).toEqual([
      { state: 'none' },
      { state: 'none' },
    ]);
    expect(await writes.isEnded(old)).toBe(false);
  });

  it('closes the other requests of that person', async () => {
    const other = await emptyPhone(server, secret, person);
    const theirs = await other.ask();
    await admit(await phone.ask());
    await desk.sync({
      records: [writes.admission(4, person, { device: other.device, request: theirs })],
    });
    expect([await other.look(), await writes.isEnded(phone)]).toEqual([{ state: 'none' }, false]);
  });

  it('makes the invitation that phone’s own: a lost answer is told by joining too, the old one’s no more', async () => {
    await admit(await phone.ask());
    const join = ({ device, token }: { device: string; token: string }) =>
      post(`${server.url}/api/join`, { secret, device, token, notice: 1 });
    expect([(await join(phone)).status, (await join(old)).status]).toEqual([200, 409]);
    await server.pool.query('update devices set revoked = 1 where device = $1', [phone.device]);
    expect((await join(phone)).status).toBe(409);
  });

  it('of somebody who was only ever a member is no act', async () => {
    const before = (await actsOf(server)).length;
    await admit(await phone.ask());
    expect(await actsOf(server)).toHaveLength(before);
  });
});

describe('X-06 an admission', () => {
  const give = (role: string) =>
    server.pool.query(
      `insert into grants (scope, person, role, from_day) values ($1, $2, $3, '2020-01-01')`,
      [role === 'administrator' ? writes.county : writes.branch, person, role],
    );

  it('is refused to a member, also about the own phone', async () => {
    const request = await phone.ask();
    const neighbour = await writes.somebody();
    expect(codes(await admit(request, neighbour, 1))).toEqual([[1, 'forbidden', 'writer']]);
    const own = writes.admission(1, person, { device: phone.device, request });
    expect(codes(await old.sync({ records: [own] }))).toEqual([[1, 'forbidden', 'writer']]);
    expect(await phone.look()).toMatchObject({ state: 'waiting' });
  });

  it('of a secretary is refused to the committee and an act by the other secretary', async () => {
    await give('secretary');
    const request = await phone.ask();
    const deputy = await writes.somebody('committee');
    expect(codes(await admit(request, deputy, 1))).toEqual([[1, 'forbidden', 'writer']]);
    expect(codes(await admit(request))).toEqual([[3, 'ok']]);
    expect((await actsOf(server)).at(-1)).toMatchObject({
      ...{ kind: 'join', by_person: desk.person, person },
    });
    expect((await goOn().sync()).grants).toHaveLength(2);
  });

  it('of an administrator is refused to every desk', async () => {
    await give('administrator');
    const request = await phone.ask();
    expect(codes(await admit(request))).toEqual([[3, 'forbidden', 'writer']]);
    expect(await writes.isEnded(old)).toBe(false);
  });

  it('or a request is written by no phone in the server’s place', async () => {
    const forged = wireRecord({
      ...{ kind: 'rejoin-request', scope: writes.branch, seq: 3, subject: person },
      body: { device: phone.device },
    });
    expect(codes(await desk.sync({ records: [forged] }))).toEqual([[3, 'forbidden', 'writer']]);
  });
});
