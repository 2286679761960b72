/** Asking the desk to put right or erase what is kept: who may ask, who may answer, who hears of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { foldRequests } from '#domain/requests.ts';
import { codes } from '#tests/support/handover.ts';
import { startServer } from '#tests/support/server.ts';
import {
  CARD,
  joinWire,
  newId,
  secretOf,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let member: WireDevice;
let neighbour: WireDevice;
let secretary: WireDevice;
let elsewhere: WireDevice;
let seq = 0;
const WORDS = '我叫黄国强，不是黄国墙';

beforeAll(async () => {
  server = await startServer();
  const join = (index: number) =>
    joinWire(server.url, secretOf(server.invitations[index] ?? { url: 'none:' }));
  const [a, b, c, d] = await Promise.all([join(0), join(1), join(4), join(6)]);
  [member, neighbour, secretary, elsewhere] = [a, b, c, d] as [
    WireDevice,
    WireDevice,
    WireDevice,
    WireDevice,
  ];
});
beforeEach(() => (seq += 100));
afterAll(() => server.stop());

const next = () => (seq += 1);
const request = (subject = member.person, body: object = { of: 'correction', text: WORDS }) =>
  wireRecord({ kind: 'request', scope: member.branch, seq: next(), subject, body: { ...body } });
const answer = (asked: string, done = true) =>
  wireRecord({
    ...{ kind: 'answer', scope: member.branch, seq: next(), subject: member.person },
    body: { request: asked, done },
  });
const push = async (device: WireDevice, ...records: ReturnType<typeof wireRecord>[]) =>
  codes(await device.sync({ records })).map(([, ...rest]) => rest);
const idsOf = async (device: WireDevice) => (await device.pullAll()).map(({ id }) => id);

describe('a request about one’s own records', () => {
  it('X-21 goes from its person to the desk of the branch, and to nobody else', async () => {
    const asked = request();
    expect(await push(member, asked)).toEqual([['ok']]);
    expect(await idsOf(secretary)).toContain(asked.id);
    for (const other of [neighbour, elsewhere]) expect(await idsOf(other)).not.toContain(asked.id);
  });

  it('X-21 is the person’s own to make: not a neighbour’s, not the desk’s, not in another branch', async () => {
    expect(await push(neighbour, request())).toEqual([['forbidden', 'writer']]);
    expect(await push(secretary, request())).toEqual([['forbidden', 'writer']]);
    const abroad = { ...request(), scope: elsewhere.branch };
    expect(await push(member, abroad)).toEqual([['forbidden', 'writer']]);
    expect(await push(member, request(member.person, { of: 'correction', text: ' ' }))).toEqual([
      ['invalid', 'body'],
    ]);
  });

  it('X-21 is answered by the desk alone, and the person hears of it', async () => {
    const asked = request(member.person, { of: 'erasure' });
    expect(await push(member, asked)).toEqual([['ok']]);
    expect(await push(member, answer(asked.id))).toEqual([['forbidden', 'writer']]);
    expect(await push(elsewhere, answer(asked.id))).toEqual([['forbidden', 'writer']]);
    const said = answer(asked.id);
    expect(await push(secretary, said)).toEqual([['ok']]);
    expect(await idsOf(member)).toContain(said.id);
    expect(await idsOf(neighbour)).not.toContain(said.id);
  });
});

describe('an erasure that was asked for', () => {
  it('X-21 takes names and words from the server, and leaves what holds none', async () => {
    const named = wireRecord({
      ...{ kind: 'member', scope: member.branch, seq: next(), subject: member.person },
      body: { names: { hans: '黄国墙' }, card: CARD },
    });
    const line = wireRecord({
      ...{ kind: 'check-in', scope: member.branch, seq: next(), subject: member.person },
      body: { activity: newId(), state: 'present', how: 'tap' },
    });
    const [worded, asked] = [request(), request(member.person, { of: 'erasure' })];
    await push(secretary, named, line);
    await push(member, worded, asked);
    const erase = (by: number) =>
      wireRecord({
        ...{ kind: 'erasure', scope: member.branch, seq: by },
        body: { records: [named.id, worded.id] },
      });
    expect(await push(member, erase(next()))).toEqual([['forbidden', 'writer']]);
    await push(secretary, erase(next()), answer(asked.id));
    const { rows } = await server.pool.query<{ id: string; body: string | null }>(
      'select id, body from records where id = any ($1)',
      [[named, worded, line, asked].map(({ id }) => id)],
    );
    const left = rows.filter(({ body }) => body !== null).map(({ id }) => id);
    expect(left.toSorted()).toEqual([line.id, asked.id].toSorted());
    expect(JSON.stringify(rows)).not.toContain('黄国');
    const own = (await member.pullAll()).flatMap((row) =>
      'body' in row && 'kind' in row && typeof row.body === 'object'
        ? [{ subject: null, author: '', confirm: null, ...row }]
        : [],
    );
    const [told] = foldRequests(own as never).filter(({ id }) => id === asked.id);
    expect(told).toMatchObject({ of: 'erasure', done: '2026-03-05', by: '2026-03-20' });
  });
});
