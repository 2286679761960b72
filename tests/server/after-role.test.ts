/** What still comes from the phones of somebody whose role is over. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import type { SyncAnswer } from '#protocol/sync.ts';
import { tokenHash } from '#server/http/session.ts';
import { codes, newPair, rolesIn, startHandover } from '#tests/support/handover.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import {
  CARD,
  newId,
  newSecretText,
  post,
  wireDevice,
  wireRecord,
} from '#tests/support/wire-device.ts';
import { createSealer } from '#tests/support/wire-seal.ts';

let writes: Awaited<ReturnType<typeof startHandover>>;
let server: (typeof writes)['server'];
let branch: string;
type Device = Awaited<ReturnType<typeof newPair>>['old'];
let old: Device;
let next: Device;

beforeAll(async () => {
  writes = await startHandover();
  ({ server, branch } = writes);
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ old, next } = await newPair(writes));
});

const handover = (seq: number) => writes.handover(seq, old, next);

/** Another phone of the same person. */
async function secondPhone({ person }: Device) {
  const device = newId();
  const token = newSecretText();
  const sealer = await createSealer({ person, device });
  await server.pool.query(
    `insert into devices (scope, person, device, token_hash, public_key, created_day)
     values ($1, $2, $3, $4, $5, '2020-01-01')`,
    [`person:${person}`, person, device, tokenHash(token), sealer.key],
  );
  return { sealer, ...wireDevice(server.url, { device, token, sealer }) };
}

describe('X-11 what comes from a phone whose owner’s role is over', () => {
  it('waits for a person, with what was written before the end and never sent; nothing is refused', async () => {
    const office = await secondPhone(old);
    const [sent, unsent] = [writes.activity(1, '已送'), writes.activity(2, '未送')];
    await office.sync({ records: [sent] });
    await old.sync({ records: handover(1) });
    expect(codes(await office.sync({ records: [sent, unsent] }))).toEqual([
      [1, 'dup'],
      [2, 'to-confirm', 'after-role'],
    ]);
    expect(await writes.stored(unsent)).toEqual([{ confirm: 'after-role' }]);
    // The same again is answered as the first time.
    expect(codes(await office.sync({ records: [unsent] }))).toEqual([
      [2, 'to-confirm', 'after-role'],
    ]);
  });

  it('counts where its device had sealed it before the end', async () => {
    const office = await secondPhone(old);
    const late = writes.activity(1);
    // Linked and sealed, not stored: the server of that time did not know its version yet.
    await office.sync({ records: [{ ...late, v: 99 }] });
    office.sealer.add([]);
    await server.pool.query(`update chain_links set hash = $1 where device = $2 and seq = 1`, [
      Buffer.from(office.sealer.hashOf(late), 'base64url'),
      office.device,
    ]);
    await old.sync({ records: handover(1) });
    const answer = await office.sync({ records: [late], seals: [] });
    expect(codes(answer)).toEqual([[1, 'ok']]);
  });

  it('is refused where it would give a right', async () => {
    await old.sync({ records: handover(1) });
    const invitation = wireRecord({
      ...{ kind: 'invitation', scope: branch, seq: 3, subject: newId() },
      body: { hash: 'b'.repeat(43), role: 'member', expires: Date.now() + 1e7 },
    });
    const erasure = wireRecord({
      ...{ kind: 'erasure', scope: branch, seq: 4, body: { records: [newId()] } },
    });
    const answer = await old.sync({ records: [invitation, erasure, writes.role(5, old.person)] });
    const code = { code: 'forbidden', reason: 'writer' };
    expect(answer.results).toMatchObject([{ from: 3, to: 5, ...code }]);
    expect(rolesIn(await old.sync())).toEqual(['member']);
  });

  it('says that the role was over, sealed or not', async () => {
    await old.sync({ records: handover(1) });
    expect(codes(await old.sync({ records: [writes.activity(3)], seals: [] }))).toEqual([
      [3, 'to-confirm', 'after-role'],
    ]);
  });

  it('gives nobody a name', async () => {
    await old.sync({ records: handover(1) });
    const subject = newId();
    const name = (seq: number, hans: string) =>
      wireRecord({
        ...{ kind: 'member', scope: branch, seq, subject },
        body: { names: { hans }, card: CARD },
      });
    const secret = newSecretText();
    const body = { hash: invitationHash(secret), role: 'member', expires: Date.now() + 1e7 };
    const invitation = wireRecord({ kind: 'invitation', scope: branch, seq: 2, subject, body });
    await next.sync({ records: [name(1, '罗明'), invitation] });
    await old.sync({ records: [name(3, '错名')] });
    const look = await post(`${server.url}/api/join/look`, { secret });
    expect(await look.json()).toMatchObject({ names: { hans: '罗明' } });
  });

  it('is taken 500 times of one device and no more', async () => {
    await old.sync({ records: handover(1) });
    const batch = (from: number) =>
      Array.from({ length: 300 }, (_, i) => writes.activity(from + i));
    const first = await old.sync({ records: batch(3) });
    const second = await old.sync({ records: batch(303) });
    const count = (answer: SyncAnswer, code: string) =>
      answer.results
        .filter((run) => run.code === code)
        .reduce((sum, run) => sum + run.to - run.from + 1, 0);
    expect([count(first, 'to-confirm'), count(second, 'to-confirm')]).toEqual([300, 200]);
    expect(count(second, 'forbidden')).toBe(100);
  });

  it('is nothing that somebody without a role there may send', async () => {
    const stranger = await personalDevice(server, newId(), []);
    expect(codes(await stranger.sync({ records: [writes.activity(1)] }))).toEqual([
      [1, 'forbidden', 'writer'],
    ]);
  });

  it('is decided by the desk: the decision reaches every device of the branch', async () => {
    await old.sync({ records: handover(1) });
    const late = writes.activity(3);
    await old.sync({ records: [late] });
    const hash = old.sealer.hashOf(late);
    const decision = wireRecord({
      ...{ kind: 'decision', scope: branch, seq: 1 },
      body: { record: late.id, hash, counts: true },
    });
    await next.sync();
    expect(codes(await next.sync({ records: [decision] }))).toEqual([[1, 'ok']]);
    const seen = (await old.pullAll()).find(({ kind }) => kind === 'decision');
    expect(seen).toMatchObject({ body: { record: late.id, hash, counts: true } });
    expect(codes(await old.sync({ records: [{ ...decision, id: newId(), seq: 4 }] }))).toEqual([
      [4, 'forbidden', 'writer'],
    ]);
  });
});
