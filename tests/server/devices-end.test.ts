/** What a device may still do that was revoked or went on under another id, and what others may bring for it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { personScope, type Grant } from '#domain/roles.ts';
import type { Seal, SyncAnswer } from '#protocol/sync.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import { createSealer } from '#tests/support/wire-seal.ts';
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

let server: Awaited<ReturnType<typeof startServer>>;
let branch: string;
type Device = Awaited<ReturnType<typeof personalDevice>>;
let desk: Device;
let member: Device;

beforeAll(async () => {
  server = await startServer();
  const first = await joinWire(server.url, secretOf(server.invitations[4] ?? { url: 'none:' }));
  branch = first.branch;
});
afterAll(() => server.stop());
beforeEach(async () => {
  const asMember: Grant = { scope: branch, role: 'member' };
  desk = await personalDevice(server, newId(), [asMember, { scope: branch, role: 'secretary' }]);
  member = await personalDevice(server, newId(), [asMember]);
});

const activity = (seq: number) =>
  wireRecord({
    ...{ kind: 'activity', scope: branch, seq },
    body: { type: 'lecture', title: '党课', starts: 1_772_700_000_000 },
  });

const consent = (seq: number, { person, device }: { person: string; device: string }) => ({
  ...wireRecord({ kind: 'consent', scope: branch, seq, subject: person, body: { notice: 1 } }),
  ...{ author: person, device },
});

const codes = ({ results }: SyncAnswer) =>
  results.map(({ from, code, reason }) => [from, code, ...(reason ? [reason] : [])]);

async function sealOf({ sealer }: Device): Promise<Seal[]> {
  const seal = await sealer.seal();
  return seal ? [seal] : [];
}

const revoke = ({ device }: { device: string }) =>
  server.pool.query('update devices set revoked = 1 where device = $1', [device]);

describe('X-11 a revoked device', () => {
  it('hands in what it still holds: sealed before it counts, the rest waits; it reads nothing', async () => {
    const [before, sealedOnly, late] = [activity(1), activity(2), activity(3)];
    await desk.sync({ records: [before] });
    desk.sealer.add([sealedOnly]);
    const { sealer } = desk;
    const scopes = [personScope(desk.person)];
    // Its seal came with a batch whose second record the disk had no room for.
    await server.pool.query(
      `insert into chain_links (scope, device, seq, hash, sealed) values ($1, $2, 2, $3, true)`,
      [scopes[0], desk.device, Buffer.from(sealer.hashOf(sealedOnly), 'base64url')],
    );
    await revoke(desk);
    const own = selfRecord(personScope(desk.person), 4);
    const answer = await desk.sync({ records: [before, sealedOnly, late, own], own: true });
    expect(codes(answer)).toEqual([
      [1, 'dup'],
      [2, 'ok'],
      [3, 'to-confirm', 'after-revocation'],
      [4, 'ok'],
    ]);
    expect([answer.pages, answer.grants, answer.more]).toEqual([[], [], false]);
  });

  it('seals nothing any more, and is told its end when it has nothing to hand in', async () => {
    await revoke(desk);
    expect(codes(await desk.sync({ records: [activity(1)] }))).toEqual([
      [1, 'to-confirm', 'after-revocation'],
    ]);
    const { rows } = await server.pool.query(
      'select from chain_links where device = $1 and sealed',
      [desk.device],
    );
    expect(rows).toEqual([]);
    const answer = await desk.send(desk.request({}));
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'session.revoked' }]);
  });

  it('hands in 500 records and no more, repetitions apart', async () => {
    await revoke(desk);
    const records = Array.from({ length: 500 }, (_, i) => activity(i + 1));
    await desk.sync({ records });
    expect(codes(await desk.sync({ records }))).toMatchObject([
      [1, 'to-confirm', 'after-revocation'],
    ]);
    const answer = await desk.send(desk.request({ records: [activity(501)] }));
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'session.revoked' }]);
    const { rows } = await server.pool.query('select from records where device = $1', [
      desk.device,
    ]);
    expect(rows).toHaveLength(500);
  });

  it('changes no role, branch or way in by what it hands in', async () => {
    await revoke(desk);
    const body = { hash: 'a'.repeat(43), role: 'member', expires: Date.now() + 60_000 };
    const invitation = wireRecord({
      ...{ kind: 'invitation', scope: branch, seq: 1, subject: newId(), body },
    });
    await desk.sync({ records: [invitation] });
    const { rows } = await server.pool.query('select from invitations where hash = $1', [
      body.hash,
    ]);
    expect(rows).toEqual([]);
  });

  it('keeps the last seq that it was answered for', async () => {
    await desk.sync({ records: [activity(1), activity(2)] });
    await revoke(desk);
    await desk.sync({ records: [activity(3)] });
    const { rows } = await server.pool.query(
      'select last_seq::int as last from devices where device = $1',
      [desk.device],
    );
    expect(rows).toEqual([{ last: 2 }]);
  });
});

describe('a device whose chain forked', () => {
  const renew = (token: string, body: object) =>
    post(`${server.url}/api/renew`, body, { authorization: `Bearer ${token}` });
  const identity = async () => {
    const device = newId();
    const sealer = await createSealer({ person: desk.person, device });
    return { device, token: newSecretText(), sealer, key: sealer.key };
  };

  it('S-02 goes on under a new id, also where the answer was lost', async () => {
    const { device, token, key, sealer } = await identity();
    const request = { device, token, key };
    for (let i = 0; i < 3; i += 1) {
      const answer = await renew(desk.token, request);
      expect([answer.status, await answer.json()]).toEqual([200, { device }]);
    }
    const next = wireDevice(server.url, { device, token, sealer });
    const answer = await next.sync({ records: [activity(1)] });
    expect(codes(answer)).toEqual([[1, 'ok']]);
    expect(answer.grants).toHaveLength(2);
  });

  it('hands in under the old token alone, to confirm, and no copy of it gets another id', async () => {
    await desk.sync({ records: [activity(1)] });
    const first = await identity();
    await renew(desk.token, { device: first.device, token: first.token });
    const answer = await desk.sync({ records: [activity(2)] });
    expect(codes(answer)).toEqual([[2, 'to-confirm', 'fork']]);
    expect([answer.pages, answer.grants.length]).toEqual([[], 2]);
    const second = await identity();
    const refused = await renew(desk.token, { device: second.device, token: second.token });
    expect([refused.status, await refused.json()]).toEqual([401, { error: 'session.revoked' }]);
    expect((await desk.send(desk.request({}))).status).toBe(401);
  });

  it('gets no id or token of somebody else, and none once it is revoked', async () => {
    const { device, token } = await identity();
    for (const taken of [{ device, token: member.token }])
      expect((await renew(desk.token, taken)).status).toBe(400);
    expect((await renew('x', { device, token })).status).toBe(401);
    await revoke(desk);
    expect((await renew(desk.token, { device, token })).status).toBe(401);
    expect((await renew(desk.token, { device: 'x', token })).status).toBe(400);
  });
});

describe('records that another phone brings', () => {
  async function provenance(id: string): Promise<string[]> {
    const { rows } = await server.pool.query<{ device: string }>(
      'select device from carried where id = $1',
      [id],
    );
    return rows.map(({ device }) => device).toSorted();
  }
  const stored = async (id: string) =>
    (await server.pool.query('select author, device, confirm from records where id = $1', [id]))
      .rows;

  it('S-11 the secretary brings a member’s record, the member brings it later: one fact, both provenances', async () => {
    const record = consent(1, member);
    member.sealer.add([record]);
    const brought = await desk.sync({ records: [record], seals: await sealOf(member) });
    expect(brought.results).toMatchObject([{ device: member.device, from: 1, code: 'ok' }]);
    expect(await provenance(record.id)).toEqual([desk.device]);
    expect(codes(await member.sync({ records: [record] }))).toEqual([[1, 'dup']]);
    expect(await provenance(record.id)).toEqual([desk.device, member.device].toSorted());
    expect(await stored(record.id)).toEqual([
      { author: member.person, device: member.device, confirm: null },
    ]);
  });

  it('S-11 the member brings it first and the secretary later: the same', async () => {
    const record = consent(1, member);
    expect(codes(await member.sync({ records: [record] }))).toEqual([[1, 'ok']]);
    const brought = await desk.sync({ records: [record], seals: await sealOf(member) });
    expect(codes(brought)).toEqual([[1, 'dup']]);
    expect(await provenance(record.id)).toEqual([desk.device, member.device].toSorted());
    expect(await stored(record.id)).toHaveLength(1);
  });

  it('S-11 without a seal of its device it waits for a person', async () => {
    const record = consent(1, member);
    const answer = await desk.sync({ records: [record], seals: [] });
    expect(codes(answer)).toEqual([[1, 'to-confirm', 'carried']]);
    expect(await stored(record.id)).toMatchObject([{ confirm: 'carried' }]);
  });

  it('A-07 are taken from desks of the branch alone, and only what their author may write', async () => {
    const record = consent(1, desk);
    desk.sealer.add([record]);
    const byMember = await member.sync({ records: [record], seals: await sealOf(desk) });
    expect(codes(byMember)).toEqual([[1, 'forbidden', 'device']]);
    const above = { ...activity(2), author: member.person, device: member.device };
    const foreign = { ...consent(3, member), author: newId() };
    const answer = await desk.sync({ records: [above, foreign], seals: [] });
    expect(codes(answer)).toEqual([
      [2, 'forbidden', 'writer'],
      [3, 'forbidden', 'device'],
    ]);
    expect(await stored(above.id)).toEqual([]);
  });
});
