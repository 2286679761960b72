/** What a changed app sends in hundreds about other people: refused, slowed, and known to the administrators. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Grant } from '#domain/roles.ts';
import type { SyncAnswer } from '#protocol/sync.ts';
import { codes, startHandover } from '#tests/support/handover.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { newId, wireRecord } from '#tests/support/wire-device.ts';

let writes: Awaited<ReturnType<typeof startHandover>>;
let server: (typeof writes)['server'];
let branch: string;
type Device = Awaited<ReturnType<typeof personalDevice>>;
let secretary: Device;
let committee: Device;
let member: Device;

beforeAll(async () => {
  writes = await startHandover();
  ({ server, branch } = writes);
});
afterAll(() => server.stop());
beforeEach(async () => {
  const as = (role: Grant['role']) => personalDevice(server, newId(), [{ scope: branch, role }]);
  secretary = await as('secretary');
  committee = await as('committee');
  member = await as('member');
});

describe('A-07 a changed app that sends 500 records about other members', () => {
  const PRESENT = { activity: newId(), state: 'present', how: 'tap' };
  const DIGITS = { way: 'digits', digits: '063349' };
  const forged = (kind: 'proof' | 'check-in', body: object, more: object = {}) =>
    Array.from({ length: 250 }, (_, at) => ({
      ...wireRecord({ kind, scope: branch, seq: at + 1, subject: newId(), body: { ...body } }),
      ...more,
    }));
  const push = (by: Device, records: object[]) =>
    by.send(by.request({ records: records as never, seals: [] }));
  const about = (records: { subject?: string | undefined }[]) =>
    server.pool.query('select from records where subject = any($1)', [
      records.map(({ subject }) => subject),
    ]);

  it('has every one refused, is told to come again for an hour, and stands once in the acts', async () => {
    const records = [
      ...forged('proof', DIGITS),
      ...forged('check-in', PRESENT).map((one, at) => ({ ...one, seq: 251 + at })),
    ];
    const answer = (await (await push(member, records)).json()) as SyncAnswer;
    expect(codes(answer)).toEqual([[1, 'forbidden', 'writer']]);
    expect(answer.results).toMatchObject([{ from: 1, to: 500 }]);
    expect((await about(records)).rowCount).toBe(0);

    const again = await push(member, forged('proof', DIGITS));
    expect([again.status, Number(again.headers.get('retry-after')) > 0]).toEqual([503, true]);
    const acts = await server.pool.query(`select kind, detail from acts where by_device = $1`, [
      member.device,
    ]);
    expect(acts.rows).toEqual([{ kind: 'refuse', detail: '{"records":500}' }]);
    // Who only fetches, and everybody else, goes on.
    expect((await member.send(member.request({}))).status).toBe(200);
    expect((await push(committee, [writes.activity(1)])).status).toBe(200);
  });

  it('also in their own names and under their devices', async () => {
    const { device, person: author } = secretary;
    const records = forged('check-in', PRESENT, { author, device });
    const { results } = (await (await push(member, records)).json()) as SyncAnswer;
    expect(results.map(({ code, reason }) => [code, reason])).toEqual([['forbidden', 'device']]);
    expect((await about(records)).rowCount).toBe(0);
  });

  it('is no word for a few: a secretary whose role has ended is not kept out', async () => {
    const few = forged('check-in', PRESENT).slice(0, 150);
    await push(member, few);
    const consent = wireRecord({
      ...{ kind: 'consent', scope: branch, seq: 151, subject: member.person, body: { notice: 1 } },
    });
    expect((await push(member, [consent])).status).toBe(200);
    const acts = await server.pool.query('select from acts where by_device = $1', [member.device]);
    expect(acts.rowCount).toBe(0);
  });
});
