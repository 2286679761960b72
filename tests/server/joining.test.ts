import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import { personScope } from '#domain/roles.ts';
import type { JoinAnswer, LookAnswer } from '#protocol/join.ts';
import { startServer } from '#tests/support/server.ts';
import {
  CARD,
  joinWire,
  newId,
  newSecretText,
  post,
  secretOf,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

const DAY_MS = 86_400_000;

let server: Awaited<ReturnType<typeof startServer>>;
let desk: WireDevice;
let admin: WireDevice;
let now = Date.now();
let seq = 0;
let secret = '';
let subject = '';

beforeAll(async () => {
  const clock = { now: () => now, monotonic: () => performance.now() };
  server = await startServer({ sources: { clock } });
  desk = await joinWire(server.url, secretOf(server.invitations[4] ?? { url: 'none:' }));
  admin = await joinWire(server.url, secretOf(server.invitations.at(-1) ?? { url: 'none:' }));
});
afterAll(() => server.stop());

beforeEach(async () => {
  secret = newSecretText();
  subject = newId();
  const { results } = await desk.sync({ records: [memberRecord(), invitationRecord()] });
  expect(results.map(({ code }) => code)).toEqual(['ok']);
});

function memberRecord() {
  const names = { hans: '欧阳明月', hant: '歐陽明月' };
  const body = { names, group: '一组', card: CARD };
  return wireRecord({ kind: 'member', scope: desk.branch, seq: (seq += 1), subject, body });
}

function invitationRecord(more: { role?: string; expires?: number; subject?: string } = {}) {
  const { role = 'member', expires = now + 30 * DAY_MS } = more;
  const body = { hash: invitationHash(secret), role, expires };
  return wireRecord({
    ...{ kind: 'invitation', scope: desk.branch, seq: (seq += 1) },
    ...{ subject: more.subject ?? subject, body },
  });
}

const look = (given = secret) => post(`${server.url}/api/join/look`, { secret: given });
const request = () => ({ secret, device: newId(), token: newSecretText(), notice: 1 });
const join = (body: object) => post(`${server.url}/api/join`, body);

async function expectError(answer: Response, status: number, error: string) {
  expect([answer.status, await answer.json()]).toEqual([status, { error }]);
}

describe('a secretary’s invitation', () => {
  it('says whom it is for, as often as one looks, and spends nothing', async () => {
    for (let i = 0; i < 3; i += 1) {
      const answer = (await (await look()).json()) as LookAnswer;
      expect(answer).toMatchObject({
        role: 'member',
        names: { hans: '欧阳明月', hant: '歐陽明月' },
        place: { hans: '青山镇石桥村党支部', hant: '青山鎮石橋村黨支部' },
        county: { names: { hans: '演示县', hant: '演示縣' }, demo: true },
      });
    }
    expect((await join(request())).status).toBe(200);
  });

  it('makes a member of the branch, whose device reads its notices and nobody’s rows', async () => {
    const device = await joinWire(server.url, secret);
    expect(device).toMatchObject({
      person: subject,
      grants: [{ scope: desk.branch, role: 'member' }],
    });
    const rows = await device.pullAll();
    expect(new Set(rows.map((row) => row.kind))).toEqual(new Set(['about', 'activity', 'member']));
    expect(rows.filter((row) => row.kind === 'member')).toMatchObject([{ subject }]);
  });

  it('S-02 gives the same answer to the same device whose answer was lost', async () => {
    const body = request();
    const first = (await (await join(body)).json()) as JoinAnswer;
    now += 31 * DAY_MS;
    const again = (await (await join(body)).json()) as JoinAnswer;
    expect(again).toEqual({ ...first, now });
  });

  it('X-08 is used for another device, and for the same with another token', async () => {
    const body = request();
    await join(body);
    await expectError(await join(request()), 409, 'invitation.used');
    await expectError(await join({ ...body, token: newSecretText() }), 409, 'invitation.used');
    await expectError(await look(), 409, 'invitation.used');
  });

  it('X-08 lets one of eight at once in', async () => {
    // Its row is held until all have come that far: else they would follow each other by chance.
    const holder = await server.pool.connect();
    await holder.query('begin');
    await holder.query('select from invitations where hash = $1 for update', [
      invitationHash(secret),
    ]);
    const joins = Array.from({ length: 8 }, () => join(request()));
    const waiting = `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect
      .poll(async () => (await server.pool.query<{ n: number }>(waiting)).rows[0]?.n)
      .toBe(8);
    await holder.query('rollback');
    holder.release();
    const statuses = (await Promise.all(joins)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, ...Array(7).fill(409)]);
  });

  it('X-08 is over after 30 days, whatever the phone wrote', async () => {
    secret = newSecretText();
    await desk.sync({ records: [invitationRecord({ expires: now + 3650 * DAY_MS })] });
    now += 30 * DAY_MS - 1000;
    expect((await look()).status).toBe(200);
    now += 1000;
    await expectError(await look(), 410, 'invitation.expired');
    await expectError(await join(request()), 410, 'invitation.expired');
  });

  it('X-08 is unknown when mangled or guessed', async () => {
    for (const mangled of [
      secret.slice(1),
      `${secret}A`,
      `%${secret.slice(1)}`,
      '',
      newSecretText(),
    ]) {
      await expectError(await look(mangled), 404, 'invitation.unknown');
      await expectError(await join({ ...request(), secret: mangled }), 404, 'invitation.unknown');
    }
  });

  it.each([
    ['without a secret', { secret: undefined }],
    ['without a token', { token: undefined }],
    ['with a device that is no id', { device: 'x' }],
    ['without the notice', { notice: 0 }],
  ])('is not spent by a request %s', async (_, broken) => {
    await expectError(await join({ ...request(), ...broken }), 400, 'request.malformed');
    expect((await look()).status).toBe(200);
  });

  it('never opens the way to somebody who is more than a member', async () => {
    for (const target of [admin.person, desk.person]) {
      secret = newSecretText();
      const names = { hans: '某人' };
      const known = wireRecord({
        ...{ kind: 'member', scope: desk.branch, seq: (seq += 1), subject: target },
        body: { names, card: CARD },
      });
      await desk.sync({ records: [known, invitationRecord({ subject: target })] });
      await expectError(await join(request()), 410, 'invitation.expired');
    }
  });

  it('can’t make a secretary', async () => {
    const { results } = await desk.sync({ records: [invitationRecord({ role: 'secretary' })] });
    expect(results[0]).toMatchObject({ code: 'forbidden', reason: 'writer' });
  });
});

describe('the printed invitations', () => {
  it('are member ×4, secretary ×3, reviewer ×4, administrator ×1, the last of each first two in a second branch', async () => {
    expect(server.invitations.map(({ role }) => role)).toEqual([
      ...Array(4).fill('member'),
      ...Array(3).fill('secretary'),
      ...Array(4).fill('reviewer'),
      'administrator',
    ]);
    const fresh = await startServer({ publicUrl: 'https://rixue.example' });
    const places = [];
    for (const invitation of fresh.invitations) {
      expect(invitation.url).toMatch(/^https:\/\/rixue\.example\/join#[\w-]{43}$/);
      const body = { secret: secretOf(invitation) };
      const answer = (await (await post(`${fresh.url}/api/join/look`, body)).json()) as LookAnswer;
      places.push(answer.place.hans);
    }
    await fresh.stop();
    const [first, second] = ['青山镇石桥村党支部', '青山镇临江村党支部'];
    expect(places.slice(0, 7)).toEqual([first, first, first, second, first, first, second]);
    expect(new Set(places.slice(7))).toEqual(new Set(['演示县']));
  });

  it('X-08 of secretaries, reviewers and administrators are over after 24 hours', async () => {
    const { rows } = await server.pool.query<{ role: string; days: number }>(
      `select distinct i.role, round((i.expires - ${now}) / 86400000.0)::int as days
       from invitations i where i.role <> 'member'`,
    );
    expect(rows.every(({ days }) => days <= 1)).toBe(true);
  });

  it('of an administrator shows branches and roles, and nothing about persons', async () => {
    const fresh = await startServer();
    const newcomer = await joinWire(
      fresh.url,
      secretOf(fresh.invitations.at(-1) ?? { url: 'none:' }),
    );
    const rows = await newcomer.pullAll();
    const kinds = rows.map((row) => row.kind).toSorted();
    // Of people those alone who have a role: two secretaries and one of a committee.
    expect(kinds).toEqual(['branch', 'branch', 'office', 'office', 'office']);
    expect(rows.some((row) => row.scope === personScope(newcomer.person))).toBe(false);
    await fresh.stop();
  });
});
