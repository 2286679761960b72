/** A lost phone: who may end it, and what the server does then. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { personScope } from '#domain/roles.ts';
import { actsOf } from '#tests/support/acts.ts';
import { codes, startDevices, type Device } from '#tests/support/devices.ts';
import { adminSecret } from '#tests/support/handover.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import {
  joinWire,
  newId,
  newSecretText,
  post,
  selfRecord,
  wireRecord,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let writes: Awaited<ReturnType<typeof startDevices>>;
let desk: Device;
let member: Device;

beforeAll(async () => {
  server = await startServer();
  writes = await startDevices(server);
});
afterAll(() => server.stop());
beforeEach(async () => {
  desk = await writes.somebody('secretary');
  member = await writes.somebody();
});

const { revocation, isEnded } = {
  revocation: (...of: Parameters<typeof writes.revocation>) => writes.revocation(...of),
  isEnded: (of: { device: string }) => writes.isEnded(of),
};
const refused = [[1, 'forbidden', 'writer']];

/** Another phone of the same person. */
async function second({ person }: Device): Promise<Device> {
  const { rows } = await server.pool.query('select scope, role from grants where person = $1', [
    person,
  ]);
  return personalDevice(server, person, rows);
}

describe('X-11 a revocation', () => {
  it('by the desk ends the member’s phone, and that phone alone', async () => {
    const other = await second(member);
    expect(codes(await desk.sync({ records: [revocation(1, member)] }))).toEqual([[1, 'ok']]);
    expect([await isEnded(member), await isEnded(other)]).toEqual([true, false]);
    const answer = await member.send(member.request({}));
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'session.revoked' }]);
  });

  it('loses nothing: what the phone still holds is handed in', async () => {
    await desk.sync({ records: [revocation(1, member)] });
    const own = selfRecord(personScope(member.person), 1);
    const answer = await member.sync({ records: [own], own: true });
    expect([codes(answer), answer.pages]).toEqual([[[1, 'ok']], []]);
  });

  it('of the phone in the hand is answered before it ends', async () => {
    const answer = await member.sync({ records: [revocation(1, member)] });
    expect([codes(answer), answer.grants, answer.pages]).toEqual([[[1, 'ok']], [], []]);
    expect((await member.send(member.request({}))).status).toBe(401);
  });

  it('of another own phone leaves the one in the hand', async () => {
    const lost = member;
    const here = await second(lost);
    await here.sync({ records: [revocation(1, lost)] });
    expect([await isEnded(lost), await isEnded(here)]).toEqual([true, false]);
    expect(codes(await here.sync({ records: [consent(2, here)] }))).toEqual([[2, 'ok']]);
  });

  it('told again, or by two secretaries, changes nothing more', async () => {
    const record = revocation(1, member);
    await desk.sync({ records: [record] });
    const at = () =>
      server.pool.query('select revoked from devices where device = $1', [member.device]);
    const before = (await at()).rows;
    expect(codes(await desk.sync({ records: [record] }))).toEqual([[1, 'dup']]);
    const deputy = await writes.somebody('committee');
    expect(codes(await deputy.sync({ records: [revocation(1, member)] }))).toEqual([[1, 'ok']]);
    expect((await at()).rows).toEqual(before);
  });

  it('told again to a restored server ends the phone again', async () => {
    const record = revocation(1, member);
    await desk.sync({ records: [record] });
    await server.pool.query('update devices set revoked = null where device = $1', [member.device]);
    await desk.sync({ records: [record] });
    expect(await isEnded(member)).toBe(true);
  });

  it('ends a device that went on under another id too', async () => {
    const [device, token] = [newId(), newSecretText()];
    const headers = { authorization: `Bearer ${member.token}` };
    expect((await post(`${server.url}/api/renew`, { device, token }, headers)).status).toBe(200);
    await desk.sync({ records: [revocation(1, member)] });
    expect(await isEnded({ device })).toBe(true);
  });

  it('reaches the person’s other phones and the desk, nobody else', async () => {
    const [other, neighbour] = [await second(member), await writes.somebody()];
    const deputy = await writes.somebody('committee');
    const record = revocation(1, member);
    await desk.sync({ records: [record] });
    const sees = async (device: Device) =>
      (await device.pullAll()).some(({ id }) => id === record.id);
    expect([await sees(other), await sees(deputy), await sees(neighbour)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('X-06 a revocation is refused', () => {
  it('to a member about a neighbour', async () => {
    const neighbour = await writes.somebody();
    expect(codes(await neighbour.sync({ records: [revocation(1, member)] }))).toEqual(refused);
    expect(await isEnded(member)).toBe(false);
  });

  it.each(['secretary', 'committee'] as const)('to a desk about its %s', async (role) => {
    const other = await writes.somebody(role);
    expect(codes(await desk.sync({ records: [revocation(1, other)] }))).toEqual(refused);
    expect(await isEnded(other)).toBe(false);
  });

  it('to a desk about somebody who administers, or keeps another branch’s roster', async () => {
    for (const role of ['administrator', 'secretary'] as const) {
      const scope = role === 'administrator' ? writes.county : newId();
      const above = await personalDevice(server, newId(), [
        { scope: writes.branch, role: 'member' },
        { scope, role },
      ]);
      expect(codes(await desk.sync({ records: [revocation(1, above)] }))).toEqual(refused);
      desk = await writes.somebody('secretary');
    }
  });

  it('to a desk about somebody of another branch, by a device that is not theirs it ends nothing', async () => {
    const foreign = await personalDevice(server, newId(), [{ scope: newId(), role: 'member' }]);
    const named = { person: member.person, device: foreign.device };
    const answer = await desk.sync({ records: [revocation(1, foreign), revocation(2, named)] });
    expect(codes(answer)).toEqual([
      [1, 'forbidden', 'writer'],
      [2, 'ok'],
    ]);
    expect([await isEnded(foreign), await isEnded(member)]).toEqual([false, false]);
  });

  it('as the work of a phone that is ended itself: it waits and ends nothing', async () => {
    await server.pool.query('update devices set revoked = 1 where device = $1', [desk.device]);
    const answer = await desk.sync({ records: [revocation(1, member)] });
    expect(codes(answer)).toEqual([[1, 'to-confirm', 'after-revocation']]);
    expect(await isEnded(member)).toBe(false);
  });
});

describe('an administrator', () => {
  it('ends a secretary’s phone, which is an act, and the branch gets another presence key', async () => {
    const admin = await joinWire(server.url, await adminSecret(server));
    const keys = async () =>
      (await desk.pullAll()).filter(({ kind }) => kind === 'presence-key').length;
    const other = await writes.somebody('secretary');
    const before = await keys();
    expect(codes(await admin.sync({ records: [revocation(1, other)] }))).toEqual([[1, 'ok']]);
    expect(await isEnded(other)).toBe(true);
    expect(await keys()).toBe(before + 1);
    expect((await actsOf(server)).at(-1)).toMatchObject({
      ...{ kind: 'end-device', by_person: admin.person, person: other.person },
    });
  });
});

describe('X-02 the way into the table of devices', () => {
  it('ends nothing outside the scopes of the transaction, nor by a record of another kind', async () => {
    const consented = consent(1, member);
    await member.sync({ records: [consented] });
    const client = await server.pool.connect();
    try {
      await client.query('begin');
      await client.query('set local role rixue_app');
      const scopes = (...of: string[]) =>
        client.query(`select set_config('rixue.scopes', $1, true)`, [of.join(',')]);
      const end = (n: number) =>
        client.query('select end_devices($1, $2)::int as ended', [writes.branch, n]);
      await scopes(writes.branch, personScope(member.person));
      const { rows } = await client.query('select n::int from records where id = $1', [
        consented.id,
      ]);
      expect((await end(rows[0]?.n as number)).rows).toEqual([{ ended: 0 }]);
      await scopes(personScope(member.person));
      await expect(end(1)).rejects.toThrow('outside the scopes');
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});

function consent(seq: number, { person }: Device) {
  const of = { scope: writes.branch, subject: person };
  return wireRecord({ kind: 'consent', seq, ...of, body: { notice: 1 } });
}
