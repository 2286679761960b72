/** 转出, 接收 and 不再列入 on the server: whose a member is, whoever comes first. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import { joinWire, newId, secretOf, wireRecord } from '#tests/support/wire-device.ts';

const DAY = '2026-03-05';
const CODE = 'ABCDEFGHJKMNPQRS';
const OTHER_CODE = 'SRQPNMKJHGFEDCBA';

let server: Awaited<ReturnType<typeof startServer>>;
let home = '';
let away = '';

beforeAll(async () => {
  server = await startServer();
  [home, away] = await Promise.all([branchOf(4), branchOf(6)]);
});
afterAll(() => server.stop());

/** The branch of the nth printed invitation, of a secretary. */
async function branchOf(nth: number): Promise<string> {
  return (await joinWire(server.url, secretOf(server.invitations[nth] ?? { url: 'none:' }))).branch;
}

const secretaryOf = (scope: string) =>
  personalDevice(server, newId(), [
    { scope, role: 'member' },
    { scope, role: 'secretary' },
  ]);
const memberOf = (scope: string) => personalDevice(server, newId(), [{ scope, role: 'member' }]);
const transfer = (scope: string, seq: number, subject: string, body: Record<string, unknown>) =>
  wireRecord({ ...{ kind: 'transfer', scope, seq, subject }, body });
const standing = (scope: string, seq: number, subject: string, is: string, from = DAY) =>
  wireRecord({ ...{ kind: 'standing', scope, seq, subject }, body: { of: 'state', is, from } });
const rolesOf = async (device: { sync(): Promise<{ grants: unknown }> }) =>
  (await device.sync()).grants;

describe('the server', () => {
  let old: Awaited<ReturnType<typeof secretaryOf>>;
  let next: typeof old;
  let member: Awaited<ReturnType<typeof memberOf>>;
  beforeEach(async () => {
    [old, next, member] = await Promise.all([secretaryOf(home), secretaryOf(away), memberOf(home)]);
  });
  const out = (seq = 1, more: Record<string, unknown> = { code: CODE }) =>
    transfer(home, seq, member.person, { way: 'out', day: DAY, ...more });
  const accepted = (seq = 1, code = CODE) =>
    transfer(away, seq, member.person, { way: 'in', day: DAY, code });
  const moved = () => [
    { scope: away, role: 'member' },
    { scope: home, role: 'left' },
  ];
  const sorted = (grants: unknown) =>
    (grants as { role: string }[]).toSorted((a, b) => (a.role > b.role ? -1 : 1));

  it('moves the membership whichever branch comes first, once, also when told again', async () => {
    const [first, second] = [out(), accepted()];
    await next.sync({ records: [second] });
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'member' }]);
    await old.sync({ records: [first] });
    expect(sorted(await rolesOf(member))).toEqual(sorted(moved()));
    await old.sync({ records: [first] });
    await next.sync({ records: [second] });
    expect(sorted(await rolesOf(member))).toEqual(sorted(moved()));
  });

  it('I7 gives nobody over by a code that the branch did not give out, or gave for somebody else', async () => {
    const neighbour = await memberOf(home);
    await old.sync({ records: [out()] });
    await next.sync({
      records: [
        accepted(1, OTHER_CODE),
        transfer(away, 2, neighbour.person, { way: 'in', day: DAY, code: CODE }),
      ],
    });
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'left' }]);
    expect(await rolesOf(neighbour)).toEqual([{ scope: home, role: 'member' }]);
  });

  it('lets no branch give away who is another’s', async () => {
    const thief = await secretaryOf(away);
    const record = transfer(away, 1, member.person, { way: 'out', day: DAY, code: CODE });
    await thief.sync({ records: [record] });
    await next.sync({ records: [accepted()] });
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'member' }]);
  });

  it('X-02 or makes them its own by a role, and ends their phone by that', async () => {
    const role = wireRecord({
      ...{ kind: 'role', scope: away, seq: 1, subject: member.person },
      body: { role: 'committee', names: { hans: '韦国栋' }, card: CODE, from: DAY },
    });
    const lost = wireRecord({
      ...{ kind: 'revocation', scope: away, seq: 2, subject: member.person },
      body: { device: member.device },
    });
    const { results } = await next.sync({ records: [role, lost] });
    expect(results).toMatchObject([{ from: 1, to: 2, code: 'forbidden', reason: 'writer' }]);
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'member' }]);
  });

  it('a role of whoever is on the way waits on its secretary’s phone until they have arrived', async () => {
    const role = wireRecord({
      ...{ kind: 'role', scope: away, seq: 2, subject: member.person },
      body: { role: 'committee', names: { hans: '韦国栋' }, card: CODE, from: DAY },
    });
    const sent = async (...records: ReturnType<typeof out>[]) =>
      (await next.sync({ records })).results.map(({ code }) => code);
    expect(await sent(accepted(), role)).toEqual(['ok', 'later']);
    expect(await sent(role)).toEqual(['later']);
    await old.sync({ records: [out()] });
    expect(await sent(role)).toEqual(['ok']);
    expect(await rolesOf(member)).toContainEqual({ scope: away, role: 'committee' });
  });

  it('is the secretary’s alone', async () => {
    const committee = await personalDevice(server, newId(), [{ scope: home, role: 'committee' }]);
    const { results } = await committee.sync({ records: [out()] });
    expect(results).toMatchObject([{ code: 'forbidden', reason: 'writer' }]);
  });

  it('taken back, the code opens nothing and the person stays', async () => {
    const stays = transfer(home, 2, member.person, { way: 'stay', code: CODE });
    await old.sync({ records: [out(), stays] });
    await next.sync({ records: [accepted()] });
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'member' }]);
  });

  it('I7 taken back in the moment in which the other branch takes them over, they are of one of the two', async () => {
    await old.sync({ records: [out()] });
    // Its row is held until both have come that far, the new branch first.
    const holder = await server.pool.connect();
    await holder.query('begin; select from transfers for update');
    const waiting = async () =>
      (
        await server.pool.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`)
      ).rows[0]?.n;
    const taken = next.sync({ records: [accepted()] });
    await expect.poll(waiting).toBe(1);
    const kept = old.sync({
      records: [transfer(home, 2, member.person, { way: 'stay', code: CODE })],
    });
    await expect.poll(waiting).toBe(2);
    await holder.query('rollback');
    holder.release();
    await Promise.all([taken, kept]);
    expect(sorted(await rolesOf(member))).toEqual(sorted(moved()));
  });

  it('what the desk writes of them on the way brings nobody back', async () => {
    const listed = standing(home, 2, member.person, 'listed', '2026-03-06');
    await old.sync({ records: [out(), listed] });
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'left' }]);
  });

  it('elsewhere, or 不再列入, ends the membership on its day; 在册 again resumes it', async () => {
    await old.sync({ records: [standing(home, 1, member.person, 'unlisted')] });
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'left' }]);
    await old.sync({ records: [standing(home, 2, member.person, 'listed', '2026-03-06')] });
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'member' }]);
    await old.sync({ records: [standing(home, 3, member.person, 'unlisted', '2999-01-01')] });
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'member' }]);
    await old.sync({ records: [out(4, { to: '外县' })] });
    expect(await rolesOf(member)).toEqual([{ scope: home, role: 'left' }]);
  });

  it('X-08 an invitation from before opens nothing to whoever is on the way', async () => {
    const secret = secretOf(server.invitations[0] ?? { url: 'none:' });
    const { rows } = await server.pool.query<{ person: string }>(
      'select person from invitations where hash = $1',
      [invitationHash(secret)],
    );
    const person = rows[0]?.person ?? '';
    await old.sync({
      records: [transfer(home, 1, person, { way: 'out', day: DAY, code: CODE })],
    });
    await expect(joinWire(server.url, secret)).rejects.toThrow(/410/);
  });

  it('tells a phone from before nothing of branches left', async () => {
    await old.sync({ records: [out()] });
    expect(await member.sync({ v: 2 })).toMatchObject({ grants: [] });
  });
});
