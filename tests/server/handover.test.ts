/** A secretary hands over: what that gives and ends on the server, and what still comes from the old one's phones. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Grant } from '#domain/roles.ts';
import type { PlainRecord } from '#protocol/record.ts';
import type { SyncAnswer } from '#protocol/sync.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import {
  CARD,
  joinWire,
  newId,
  newSecretText,
  secretOf,
  wireRecord,
} from '#tests/support/wire-device.ts';
import { createSealer } from '#tests/support/wire-seal.ts';
import { tokenHash } from '#server/http/session.ts';
import { wireDevice } from '#tests/support/wire-device.ts';

const SINCE = '2020-01-01';
const LONG_AGO = '2026-03-05';

let server: Awaited<ReturnType<typeof startServer>>;
let branch: string;
type Device = Awaited<ReturnType<typeof personalDevice>>;
let old: Device;
let next: Device;

beforeAll(async () => {
  server = await startServer();
  branch = (await joinWire(server.url, secretOf(server.invitations[4] ?? { url: 'none:' }))).branch;
});
afterAll(() => server.stop());
beforeEach(async () => {
  const asMember: Grant = { scope: branch, role: 'member' };
  old = await personalDevice(server, newId(), [asMember, { scope: branch, role: 'secretary' }]);
  next = await personalDevice(server, newId(), [asMember]);
});

const role = (seq: number, subject: string, more: object = {}) =>
  wireRecord({
    ...{ kind: 'role', scope: branch, seq, subject },
    body: { role: 'secretary', names: { hans: '罗' }, card: CARD, from: LONG_AGO, ...more },
  });
const activity = (seq: number, title = '党课') =>
  wireRecord({
    ...{ kind: 'activity', scope: branch, seq },
    body: { type: 'lecture', title, starts: 1_772_700_000_000 },
  });
const handover = (seq: number) => [
  role(seq, next.person),
  role(seq + 1, old.person, { from: SINCE, to: LONG_AGO }),
];

const codes = ({ results }: SyncAnswer) =>
  results.map(({ from, code, reason }) => [from, code, ...(reason ? [reason] : [])]);
const rolesIn = ({ grants }: SyncAnswer) => (grants ?? []).map((grant) => grant.role).toSorted();
const stored = async ({ id }: PlainRecord) =>
  (await server.pool.query('select confirm from records where id = $1', [id])).rows;

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

describe('a handover', () => {
  it('gives the desk to the new secretary and takes it from the old one, who stays a member', async () => {
    const answer = await old.sync({ records: [activity(1), ...handover(2)] });
    expect(codes(answer).every(([, code]) => code === 'ok')).toBe(true);
    expect(rolesIn(answer)).toEqual(['member']);
    const now = await next.sync();
    expect(rolesIn(now)).toEqual(['member', 'secretary']);
    const kinds = (await next.pullAll()).map(({ kind }) => kind);
    expect(kinds).toContain('presence-key');
    expect(codes(await next.sync({ records: [activity(1)] }))).toEqual([[1, 'ok']]);
  });

  it('needs the old secretary’s phone for nothing: an administrator does it too', async () => {
    const admin = await joinWire(server.url, secretOf(server.invitations.at(-1) ?? { url: '' }));
    await admin.sync({ records: handover(1) });
    expect(rolesIn(await old.sync())).toEqual(['member']);
    expect(rolesIn(await next.sync())).toEqual(['member', 'secretary']);
  });

  it('gives the branch another presence key once, which the old secretary never reads', async () => {
    const keys = async () =>
      (
        await server.pool.query(
          `select n from records where scope = $1 and kind = 'presence-key' order by n`,
          [branch],
        )
      ).rows.length;
    const before = await keys();
    const records = handover(1);
    await old.sync({ records });
    await old.sync({ records });
    expect(await keys()).toBe(before + 1);
    expect((await old.pullAll()).map(({ kind }) => kind)).not.toContain('presence-key');
  });

  it('leaves the membership as it was, also where the role begins on a day to come', async () => {
    await old.sync({ records: [role(1, next.person, { from: '2099-01-01' })] });
    expect(rolesIn(await next.sync())).toEqual(['member']);
  });

  it('is an act that says who did it', async () => {
    await old.sync({ records: handover(1) });
    const { rows } = await server.pool.query(
      'select kind, person from acts where by_person = $1 order by n',
      [old.person],
    );
    expect(rows).toEqual([
      { kind: 'grant', person: next.person },
      { kind: 'revoke', person: old.person },
    ]);
  });

  it.each(['member', 'committee'] as const)('X-06 is refused to a %s', async (as) => {
    const asMember: Grant = { scope: branch, role: 'member' };
    const grants: Grant[] = as === 'member' ? [asMember] : [asMember, { scope: branch, role: as }];
    const other = await personalDevice(server, newId(), grants);
    expect(codes(await other.sync({ records: [role(1, other.person)] }))).toEqual([
      [1, 'forbidden', 'writer'],
    ]);
    expect(rolesIn(await other.sync())).not.toContain('secretary');
  });
});

describe('X-11 what comes from a phone whose owner’s role is over', () => {
  it('waits for a person, with what was written before the end and never sent; nothing is refused', async () => {
    const office = await secondPhone(old);
    const [sent, unsent] = [activity(1, '已送'), activity(2, '未送')];
    await office.sync({ records: [sent] });
    await old.sync({ records: handover(1) });
    expect(codes(await office.sync({ records: [sent, unsent] }))).toEqual([
      [1, 'dup'],
      [2, 'to-confirm', 'after-role'],
    ]);
    expect(await stored(unsent)).toEqual([{ confirm: 'after-role' }]);
    // The same again is answered as the first time.
    expect(codes(await office.sync({ records: [unsent] }))).toEqual([
      [2, 'to-confirm', 'after-role'],
    ]);
  });

  it('counts where its device had sealed it before the end', async () => {
    const office = await secondPhone(old);
    const late = activity(1);
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
    const answer = await old.sync({ records: [invitation, erasure, role(5, old.person)] });
    const code = { code: 'forbidden', reason: 'writer' };
    expect(answer.results).toMatchObject([{ from: 3, to: 5, ...code }]);
    expect(rolesIn(await old.sync())).toEqual(['member']);
  });

  it('is taken 500 times of one device and no more', async () => {
    await old.sync({ records: handover(1) });
    const batch = (from: number) => Array.from({ length: 300 }, (_, i) => activity(from + i));
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
    expect(codes(await stranger.sync({ records: [activity(1)] }))).toEqual([
      [1, 'forbidden', 'writer'],
    ]);
  });

  it('is decided by the desk: the decision reaches every device of the branch', async () => {
    await old.sync({ records: handover(1) });
    const late = activity(3);
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
