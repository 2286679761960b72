/**
 * What the county's administrators see of a branch of one or two people. Nothing adds persons up yet;
 * this holds that no row and no figure upward tells more than the branch's name and who has a role.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import { personScope } from '#domain/roles.ts';
import { startServer } from '#tests/support/server.ts';
import {
  CARD,
  joinWire,
  newId,
  newSecretText,
  post,
  secretOf,
  selfRecord,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let admin: WireDevice;
const branch = newId();
const [first, second] = [newId(), newId()];
const names = { hans: '石屋' };
let before: Awaited<ReturnType<typeof seenUpward>>;

beforeAll(async () => {
  server = await startServer();
  admin = await joinWire(server.url, secretOf(server.invitations.at(-1) ?? { url: 'none:' }));
  const scope = admin.county.id;
  const role = { role: 'secretary', names: { hans: '罗明' }, card: CARD, from: '2026-01-01' };
  const secret = newSecretText();
  const invitation = { hash: invitationHash(secret), role: 'secretary', expires: Date.now() + 1e7 };
  await admin.sync({
    records: [
      wireRecord({ kind: 'branch', scope, seq: 1, body: { branch, names } }),
      wireRecord({ kind: 'role', scope: branch, seq: 2, subject: first, body: role }),
      wireRecord({ kind: 'invitation', scope: branch, seq: 3, subject: first, body: invitation }),
    ],
  });
  const secretary = await joinWire(server.url, secret);
  before = await seenUpward();
  await live(secretary);
});
afterAll(() => server.stop());

/** A second person, who joins, studies, consents and comes to meetings; the first one, who keeps the rolls. */
async function live(secretary: WireDevice) {
  const secret = newSecretText();
  const about = (kind: 'member' | 'standing' | 'invitation', seq: number, body: object) =>
    wireRecord({ kind, scope: branch, seq, subject: second, body: { ...body } });
  const activities = Array.from({ length: 5 }, (_, i) =>
    wireRecord({
      ...{ kind: 'activity', scope: branch, seq: 10 + i },
      body: { type: 'lecture', title: '党课', starts: 1_772_700_000_000 },
    }),
  );
  const kept = await secretary.sync({
    records: [
      about('member', 1, { names: { hans: '谢云' }, card: CARD }),
      about('standing', 2, { of: 'state', is: 'migrant', from: '2026-01-01' }),
      about('invitation', 3, {
        ...{ hash: invitationHash(secret), role: 'member', expires: Date.now() + 1e7 },
      }),
      ...activities,
      ...activities.map(({ id }, i) =>
        wireRecord({
          ...{ kind: 'check-in', scope: branch, seq: 20 + i, subject: second },
          body: { activity: id, state: 'leave', how: 'tap' },
        }),
      ),
    ],
  });
  const member = await joinWire(server.url, secret);
  const scope = personScope(second);
  const own = await member.sync({
    records: [
      wireRecord({
        ...{ kind: 'consent', scope: branch, seq: 1, subject: second, body: { notice: 1 } },
      }),
      ...Array.from({ length: 9 }, (_, i) => selfRecord(scope, 2 + i)),
    ],
  });
  const codes = [...kept.results, ...own.results].map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(['ok']));
}

/** All that an administrator, or whoever watches the machine, is told. */
async function seenUpward() {
  const rows = await admin.pullAll();
  const bearer = { authorization: `Bearer ${admin.token}` };
  const health = (await (await post(`${server.url}/api/health`, {}, bearer)).json()) as object;
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const { pages } = await admin.sync();
  return { rows, health: { ...health, ...MOVING }, metrics, pages };
}

/** What has nothing to do with anybody. */
const MOVING = { now: 0, connections: 0, waiting: 0 };

describe('X-04 of a branch of one or two people', () => {
  it('the administrators read its name and who has a role, and of that nothing but what a role is', async () => {
    const rows = await admin.pullAll();
    expect(new Set(rows.map(({ scope }) => scope))).toEqual(new Set([admin.county.id]));
    const ours = rows.flatMap((row) => {
      const body = 'body' in row ? (row.body as Record<string, unknown>) : {};
      return body['branch'] === branch
        ? [{ kind: row.kind, has: Object.keys(body).toSorted() }]
        : [];
    });
    expect(ours).toEqual([
      { kind: 'branch', has: ['branch', 'names'] },
      { kind: 'office', has: ['branch', 'card', 'from', 'names', 'role'] },
    ]);
    for (const row of rows) expect(JSON.stringify(row)).not.toContain(second);
  });

  it('no row, cursor or figure upward changes by what they are and do', async () => {
    const { metrics: _, ...after } = await seenUpward();
    const { metrics: __, ...then } = before;
    expect(after).toEqual(then);
  });

  it('the machine’s figures name no place, person or kind of record', async () => {
    const { metrics } = await seenUpward();
    const figures = [...metrics.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name);
    expect(figures.toSorted()).toEqual([
      'rixue_database_connections',
      'rixue_database_waiting',
      'rixue_memory_bytes',
      'rixue_request_seconds',
      'rixue_requests_total',
    ]);
    const labels = new Set([...metrics.matchAll(/[{,](\w+)="([^"]*)"/g)].map(([, name]) => name));
    expect(labels).toEqual(new Set(['kind', 'status', 'le']));
    const kinds = new Set([...metrics.matchAll(/kind="([^"]*)"/g)].map(([, kind]) => kind));
    expect([...kinds].filter((kind) => !/^(sync|join|file|other)$/.test(kind ?? ''))).toEqual([]);
  });
});
