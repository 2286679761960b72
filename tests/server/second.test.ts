/** A second membership: who is let in by whose word, what each side reads of it, and how it ends (ADR 16). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reportText } from '#domain/report-code.ts';
import type { Role } from '#domain/roles.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import { CARD, newId, wireRecord } from '#tests/support/wire-device.ts';

const DAY = '2026-03-05';
const NAMES = { hans: '韦国栋', hant: '韋國棟' };

let server: Awaited<ReturnType<typeof startServer>>;
let home = '';
let host = '';
let county = '';

beforeAll(async () => {
  server = await startServer();
  const { rows } = await server.pool.query<{ scope: string }>(
    `select scope from scopes where kind in ('branch', 'county') order by kind, scope`,
  );
  [home = '', host = '', county = ''] = rows.map(({ scope }) => scope);
});
afterAll(() => server.stop());

type Device = Awaited<ReturnType<typeof personalDevice>>;
const personOf = (scope: string, ...roles: Role[]) =>
  personalDevice(
    server,
    newId(),
    roles.map((role) => ({ scope, role })),
  );

/** What the phone of `by` shows, and the body that a host's secretary makes of it. */
async function reported(
  by: Device,
  more: { nonce?: string; signed?: string; person?: string } = {},
) {
  const { nonce = newNonce(), signed = DAY, person = by.person } = more;
  const said = { person, device: by.device, nonce, signed, names: NAMES };
  const signature = await by.sealer.sign(reportText(said));
  const { person: _whose, ...body } = { ...said, signature };
  return { way: 'in', as: 'double', day: DAY, card: CARD, ...body };
}

let nonces = 0;
const newNonce = () => String((nonces += 1)).padStart(16, '0');
const second = (scope: string, seq: number, subject: string, body: object) =>
  wireRecord({ ...{ kind: 'second', scope, seq, subject }, body: { ...body } });
const rolesOf = async (device: Device) => (await device.sync()).grants ?? [];

describe('a second membership', () => {
  let member: Device;
  let old: Device;
  let next: Device;
  beforeEach(async () => {
    [member, old, next] = await Promise.all([
      personOf(home, 'member'),
      personOf(home, 'member', 'secretary'),
      personOf(host, 'member', 'secretary'),
    ]);
  });
  const atHome = () => ({ scope: home, role: 'member' });
  const asSecond = () => ({ scope: host, role: 'second' });
  const letIn = async (seq = 1) => {
    const record = second(host, seq, member.person, await reported(member));
    const { results } = await next.sync({ records: [record] });
    return { record, results };
  };

  it('begins by the word of the person’s own phone, beside the own branch', async () => {
    const { results } = await letIn();
    expect(results).toMatchObject([{ code: 'ok' }]);
    expect(await rolesOf(member)).toEqual(expect.arrayContaining([atHome(), asSecond()]));
    expect(await rolesOf(member)).toHaveLength(2);
  });

  it('X-02 neither branch reads a row of the other, and the county reads none of it', async () => {
    await letIn();
    const line = { activity: newId(), state: 'present', how: 'tap' };
    const here = wireRecord({
      ...{ kind: 'check-in', scope: host, seq: 2, subject: member.person, body: line },
    });
    const there = wireRecord({
      ...{ kind: 'check-in', scope: home, seq: 1, subject: member.person, body: line },
    });
    await next.sync({ records: [here] });
    await old.sync({ records: [there] });
    const administrator = await personOf(county, 'administrator');
    const read = async (device: Device) =>
      (await device.pullAll()).map(({ id }) => id).filter((id) => [here.id, there.id].includes(id));
    expect(await read(next)).toEqual([here.id]);
    expect(await read(old)).toEqual([there.id]);
    expect((await read(member)).toSorted()).toEqual([here.id, there.id].toSorted());
    const kinds = (await administrator.pullAll()).map((row) => row.kind);
    expect(kinds).not.toContain('second');
    expect((await old.pullAll()).map((row) => row.kind)).not.toContain('second');
  });

  it.each([
    ['was changed', async () => ({ ...(await reported(member)), names: { hans: '别人' } })],
    ['another phone signed', async () => ({ ...(await reported(old)), device: member.device })],
    ['was made for somebody else', () => reported(old)],
    ['is of another name', () => reported(member, { person: old.person })],
  ])('X-02 nobody is let in by a code that %s', async (_what, body) => {
    const record = second(host, 1, member.person, await body());
    const { results } = await next.sync({ records: [record] });
    expect(results).toMatchObject([{ code: 'forbidden', reason: 'report-code' }]);
    expect(await rolesOf(member)).toEqual([atHome()]);
  });

  it.each(['2026-02-02', '2026-03-07'])('or by one that was shown on %s', async (signed) => {
    const record = second(host, 1, member.person, await reported(member, { signed }));
    const { results } = await next.sync({ records: [record] });
    expect(results).toMatchObject([{ code: 'forbidden', reason: 'report-old' }]);
    expect(await rolesOf(member)).toEqual([atHome()]);
  });

  it('or by the phone that was lost, or that never gave a key', async () => {
    const body = await reported(member);
    const again = await personOf(home, 'member');
    await server.pool.query('update devices set public_key = null where device = $1', [
      again.device,
    ]);
    const keyless = second(host, 2, again.person, await reported(again));
    const revocation = wireRecord({
      ...{ kind: 'revocation', scope: home, seq: 1, subject: member.person },
      body: { device: member.device },
    });
    await old.sync({ records: [revocation] });
    const records = [second(host, 1, member.person, body), keyless];
    const { results } = await next.sync({ records });
    expect(results).toMatchObject([{ code: 'forbidden', reason: 'report-code', from: 1, to: 2 }]);
  });

  it('X-01 or by the person alone, or by a member there', async () => {
    const body = await reported(member);
    const neighbour = await personOf(host, 'member');
    for (const by of [neighbour, member]) {
      const { results } = await by.sync({ records: [second(host, 1, member.person, body)] });
      expect(results).toMatchObject([{ code: 'forbidden', reason: 'writer' }]);
    }
    expect(await rolesOf(member)).toEqual([atHome()]);
    // Nor does whoever reports there already let themselves in anew.
    await letIn();
    const again = second(host, 2, member.person, await reported(member));
    const { results } = await member.sync({ records: [again] });
    expect(results).toMatchObject([{ code: 'forbidden', reason: 'writer' }]);
  });

  it('a code opens one branch, once: not another, and not again after the stay', async () => {
    const { record } = await letIn();
    const { results: elsewhere } = await old.sync({
      records: [second(home, 1, member.person, record.body as object)],
    });
    expect(elsewhere).toMatchObject([{ code: 'forbidden', reason: 'report-code' }]);
    await member.sync({ records: [second(host, 1, member.person, { way: 'out', day: DAY })] });
    await next.sync({ records: [record, second(host, 2, member.person, record.body as object)] });
    expect(await rolesOf(member)).toEqual(
      expect.arrayContaining([atHome(), { scope: host, role: 'left' }]),
    );
    await letIn(3);
    expect(await rolesOf(member)).toEqual(expect.arrayContaining([atHome(), asSecond()]));
  });

  it('X-02 nor does it open two that send it in the same moment: one of them is told no', async () => {
    for (let seq = 1; seq <= 8; seq += 1) {
      const by = await personOf(county, 'reviewer');
      const body = await reported(by);
      const send = async (desk: Device, scope: string) =>
        (await desk.sync({ records: [second(scope, seq, by.person, body)] })).results?.[0]?.code;
      const codes = await Promise.all([send(next, host), send(old, home)]);
      expect(codes.toSorted()).toEqual(['forbidden', 'ok']);
      const opened = { scope: codes[0] === 'ok' ? host : home, role: 'second' };
      expect((await rolesOf(by)).filter(({ role }) => role === 'second')).toEqual([opened]);
    }
  });

  it('S-15 whoever reports no more keeps the own rows and gets no others', async () => {
    await letIn();
    const meeting = { type: 'lecture', title: '党课', starts: 1_772_700_000_000 };
    const activity = wireRecord({ kind: 'activity', scope: host, seq: 2, body: meeting });
    const line = { activity: activity.id, state: 'present', how: 'tap' };
    const own = wireRecord({
      ...{ kind: 'check-in', scope: host, seq: 3, subject: member.person, body: line },
    });
    await next.sync({ records: [activity, own] });
    const seen = async () => (await member.pullAll()).map(({ id }) => id);
    expect(await seen()).toEqual(expect.arrayContaining([activity.id, own.id]));
    const out = second(host, 4, member.person, { way: 'out', day: DAY });
    await next.sync({ records: [out] });
    expect(await seen()).toContain(own.id);
    expect(await seen()).not.toContain(activity.id);
    // What the phone still brings is kept for a person to look at.
    const absence = wireRecord({
      ...{ kind: 'absence', scope: host, seq: 1, subject: member.person },
      body: { activity: activity.id, coming: false },
    });
    const { results } = await member.sync({ records: [absence] });
    expect(results).toMatchObject([{ code: 'to-confirm', reason: 'after-role' }]);
  });

  it('the own branch lets them go as ever, and the host can’t', async () => {
    await letIn();
    const transfer = (scope: string, seq: number) =>
      wireRecord({
        ...{ kind: 'transfer', scope, seq, subject: member.person },
        body: { way: 'out', day: DAY },
      });
    await next.sync({ records: [transfer(host, 2)] });
    expect(await rolesOf(member)).toEqual(expect.arrayContaining([atHome(), asSecond()]));
    await old.sync({ records: [transfer(home, 1)] });
    expect(await rolesOf(member)).toEqual(
      expect.arrayContaining([{ scope: home, role: 'left' }, asSecond()]),
    );
  });

  it('S-15 is over where the host took them over since and let them go', async () => {
    await letIn();
    const code = 'ABCDEFGHJKMNPQRS';
    const transfer = (scope: string, seq: number, body: Record<string, unknown>) =>
      wireRecord({ ...{ kind: 'transfer', scope, seq, subject: member.person }, body });
    await old.sync({ records: [transfer(home, 1, { way: 'out', day: DAY, code })] });
    await next.sync({ records: [transfer(host, 2, { way: 'in', day: DAY, code })] });
    await next.sync({ records: [transfer(host, 3, { way: 'out', day: DAY })] });
    const roles = (await rolesOf(member)).map(({ role }) => role);
    expect(roles).toEqual(['left', 'left']);
    await letIn(4);
    expect(await rolesOf(member)).toContainEqual(asSecond());
  });

  it('X-02 the host ends none of their phones and lets none in; their own branch still does', async () => {
    await letIn();
    const revocation = (scope: string, seq: number) =>
      wireRecord({
        ...{ kind: 'revocation', scope, seq, subject: member.person },
        body: { device: newId() },
      });
    const { results } = await next.sync({ records: [revocation(host, 2)] });
    expect(results).toMatchObject([{ code: 'forbidden', reason: 'writer' }]);
    const own = await old.sync({ records: [revocation(home, 1)] });
    expect(own.results).toMatchObject([{ code: 'ok' }]);
  });

  it('is a membership to a phone from before, which could not read the word', async () => {
    await letIn();
    const { grants } = await member.sync({ v: 3 });
    expect(grants).toEqual(expect.arrayContaining([atHome(), { scope: host, role: 'member' }]));
  });
});
