/** What somebody with a token of their own tries, beyond the matrix: nothing of it opens anything. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import type { Grant } from '#domain/roles.ts';
import type { SyncAnswer } from '#protocol/sync.ts';
import { codes, startHandover } from '#tests/support/handover.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { draftOf, FORMS } from '#tests/support/rights/drafts.ts';
import { CARD, newId, newSecretText, post, wireRecord } from '#tests/support/wire-device.ts';

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
  const as = (...roles: Grant['role'][]) =>
    personalDevice(
      server,
      newId(),
      roles.map((role) => ({ scope: branch, role })),
    );
  secretary = await as('member', 'secretary');
  committee = await as('member', 'committee');
  member = await as('member');
});

/** Names `subject` and makes a member's invitation; its secret. */
async function inviteBy(by: Device, subject: string, seq = 1): Promise<string> {
  const secret = newSecretText();
  const name = { names: { hans: '罗明' }, card: CARD };
  const body = { hash: invitationHash(secret), role: 'member', expires: Date.now() + 1e7 };
  const { results } = await by.sync({
    records: [
      wireRecord({ kind: 'member', scope: branch, seq, subject, body: name }),
      wireRecord({ kind: 'invitation', scope: branch, seq: seq + 1, subject, body }),
    ],
  });
  expect(results).toMatchObject([{ code: 'ok' }]);
  return secret;
}

const join = (secret: string, device = newId()) =>
  post(`${server.url}/api/join`, { secret, device, token: newSecretText(), notice: 1 });

const renew = ({ token }: Device, device: string) =>
  post(
    `${server.url}/api/renew`,
    { device, token: newSecretText() },
    { authorization: `Bearer ${token}` },
  );

describe('X-06 a committee’s invitation', () => {
  it.each(['2999-01-01', '2026-01-01'])(
    'opens no way to a secretary whose days begin on %s',
    async (from) => {
      await secretary.sync({ records: [writes.role(1, member.person, { from })] });
      const answer = await join(await inviteBy(committee, member.person));
      expect([answer.status, await answer.json()]).toEqual([410, { error: 'invitation.expired' }]);
    },
  );

  it('opens the way to a member, and to one whose days as a secretary are over', async () => {
    expect((await join(await inviteBy(committee, member.person))).status).toBe(200);
    const [from, to] = ['2020-01-01', '2021-01-01'];
    await secretary.sync({ records: [writes.role(1, member.person, { from, to })] });
    expect((await join(await inviteBy(secretary, member.person, 2))).status).toBe(200);
  });
});

describe('X-02 the id of somebody else’s device', () => {
  it('is nobody’s to join under, and the invitation stays', async () => {
    const secret = await inviteBy(committee, newId());
    const answer = await join(secret, secretary.device);
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'request.malformed' }]);
    expect((await join(secret)).status).toBe(200);
  });

  it('nor the county’s own, nor to go on under', async () => {
    const { rows } = await server.pool.query('select server_device as device from county');
    expect((await join(await inviteBy(committee, newId()), rows[0]?.device)).status).toBe(400);
    for (const device of [secretary.device, rows[0]?.device]) {
      expect((await renew(member, device)).status).toBe(400);
      expect((await member.send(member.request({}))).status).toBe(200);
    }
  });

  it('brings records of its branch alone: elsewhere nothing is added to its chain', async () => {
    const { rows } = await server.pool.query<{ scope: string }>(
      `select scope from scopes where kind = 'branch' and scope <> $1`,
      [branch],
    );
    const stranger = await personalDevice(server, newId(), [
      { scope: rows[0]?.scope ?? '', role: 'member' },
    ]);
    const brought = (of: Device) => ({
      ...writes.activity(7),
      ...{ device: of.device, author: of.person },
    });
    const links = async ({ device }: Device) =>
      (await server.pool.query('select from chain_links where device = $1', [device])).rowCount;
    const answer = await committee.sync({ records: [brought(stranger), brought(member)] });
    expect(codes(answer)).toEqual([
      [7, 'forbidden', 'device'],
      [7, 'forbidden', 'writer'],
    ]);
    expect([await links(stranger), await links(member)]).toEqual([0, 1]);
  });
});

describe('X-02 a record or seal in the name of somebody else', () => {
  it('is refused with their author, their device and both, and the same again with one’s own', async () => {
    const seen = writes.activity(1);
    await secretary.sync({ records: [seen] });
    const { device, person: author } = secretary;
    const answer = await member.sync({
      records: [
        { ...writes.activity(1), author },
        { ...writes.activity(2), device },
        { ...writes.activity(3), author, device },
        { ...seen, seq: 4 },
      ],
    });
    expect(codes(answer)).toEqual([
      [1, 'forbidden', 'author'],
      [2, 'forbidden', 'device'],
      [4, 'forbidden', 'writer'],
    ]);
  });

  it('of a secretary, brought by a committee member, gives no role', async () => {
    const forged = {
      ...writes.role(1, committee.person),
      ...{ device: secretary.device, author: secretary.person },
    };
    const answer = await committee.sync({ records: [forged], seals: [] });
    expect(codes(answer)).toEqual([[1, 'to-confirm', 'carried']]);
    expect((await committee.sync()).grants?.map(({ role }) => role)).not.toContain('secretary');
  });

  it('signed with one’s own key vouches for nothing of theirs', async () => {
    const forged = {
      ...writes.role(1, committee.person),
      ...{ device: secretary.device, author: secretary.person },
    };
    committee.sealer.add([{ ...forged, device: committee.device }]);
    const seal = await committee.sealer.seal(1);
    const seals = seal ? [{ ...seal, device: secretary.device }] : [];
    const answer = await committee.sync({ records: [forged], seals });
    expect(codes(answer)).toEqual([[1, 'to-confirm', 'carried']]);
    expect((await committee.sync()).grants?.map(({ role }) => role)).not.toContain('secretary');
  });

  it('takes the place of nothing: a consent under the id of a meeting waits, the meeting stands', async () => {
    const meeting = writes.activity(1);
    await secretary.sync({ records: [meeting] });
    const consent = wireRecord({
      ...{ kind: 'consent', scope: branch, seq: 1, subject: member.person, body: { notice: 1 } },
      id: meeting.id,
    });
    expect(codes(await member.sync({ records: [consent] }))).toEqual([
      [1, 'to-confirm', 'same-id'],
    ]);
    const rows = (await secretary.pullAll()).filter(({ id }) => id === meeting.id);
    expect(rows.map(({ kind, confirm }) => [kind, confirm])).toEqual([
      ['activity', undefined],
      ['consent', 'same-id'],
    ]);
  });
});

describe('X-06 a record that comes erased', () => {
  const erased = (form: string, seq: number, subject: string) => {
    const { salt: _, body: __, ...header } = draftOf(form, branch, seq, subject);
    return { ...header, erased: newSecretText() };
  };
  const kinds = FORMS.filter((form) => form !== 'self' && !form.includes(','));

  it('needs the right to write it, and is of a kind whose bodies go', async () => {
    const send = (by: Device) =>
      by.send(
        by.request({ records: kinds.map((kind, i) => erased(kind, i + 1, by.person)), seals: [] }),
      );
    const taken = async (by: Device) => {
      const { results } = (await (await send(by)).json()) as SyncAnswer;
      return results.flatMap(({ from, to, code }) =>
        code === 'to-confirm' ? kinds.slice(from - 1, to) : [],
      );
    };
    const own = ['consent', 'absence', 'proof', 'objection', 'attended-elsewhere', 'contact'];
    expect(await taken(member)).toEqual([...own, 'request', 'second']);
    const people = ['consent', 'member', 'standing'];
    const meeting = ['activity', 'check-in', 'activity-change', 'absence', 'proof', 'exclusion'];
    const roll = ['objection', 'paper-count', 'paper-people', 'closing', 'reopening', 'looked'];
    const kept = ['shown', 'card', 'notice', 'form'];
    const away = ['own-rules', 'attended-elsewhere', 'contact-person', 'contact'];
    const desk = [...people, ...meeting, ...roll, ...kept, ...away, 'request', 'answer'];
    expect(await taken(committee)).toEqual([...desk, 'second']);
    expect(await taken(secretary)).toEqual([...desk, 'transfer', 'second']);
  });
});

it('S-06 a body nested deeper than any phone writes costs only itself', async () => {
  const nested = { ...writes.activity(2), body: { title: 'here' } };
  const records = [writes.activity(1), nested, writes.activity(3)];
  const text = JSON.stringify(secretary.request({ records }));
  const answer = await fetch(`${server.url}/api/sync`, {
    method: 'POST',
    body: text.replace('"here"', '['.repeat(20_000) + ']'.repeat(20_000)),
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${secretary.token}`,
    },
  });
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as SyncAnswer).results.map(({ code }) => code)).toEqual([
    'to-confirm',
    'invalid',
    'to-confirm',
  ]);
});
