/** A secretary's phone is lost: the county ends all that are theirs, knowing none of them (ADR 13). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actsOf } from '#tests/support/acts.ts';
import { codes } from '#tests/support/handover.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import {
  joinWire,
  newId,
  secretOf,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let administrator: WireDevice;
let secretary: WireDevice;
let colleague: WireDevice;
let member: WireDevice;
let seq = 0;

beforeAll(async () => {
  server = await startServer();
  const joined = (index: number) =>
    joinWire(server.url, secretOf(server.invitations.at(index) ?? { url: 'none:' }));
  [member, secretary, colleague, administrator] = [
    await joined(0),
    await joined(4),
    await joined(5),
    await joined(-1),
  ];
});
afterAll(() => server.stop());

const lost = (subject: string, scope = secretary.branch) =>
  wireRecord({ kind: 'phones-lost', scope, seq: (seq += 1), subject, body: {} });
const push = async (by: WireDevice, record: ReturnType<typeof lost>) =>
  codes(await by.sync({ records: [record] })).map(([, ...rest]) => rest);

it('X-06 nobody but an administrator ends them, and only those of whoever has a role there', async () => {
  const refused = [['forbidden', 'writer']];
  expect(await push(colleague, lost(secretary.person))).toEqual(refused);
  expect(await push(member, lost(member.person))).toEqual(refused);
  expect(await push(administrator, lost(member.person))).toEqual(refused);
  expect(await push(administrator, lost(newId()))).toEqual(refused);
});

it('X-11 ends every phone of the person in one record, once, and the role stays', async () => {
  const second = await personalDevice(server, secretary.person, secretary.grants);
  const acts = (await actsOf(server)).length;
  const record = lost(secretary.person);
  expect(await push(administrator, record)).toEqual([['ok']]);
  for (const { send, request } of [secretary, second])
    expect((await send(request({}))).status).toBe(401);
  expect((await colleague.sync()).grants).not.toEqual([]);
  const [act, ...more] = (await actsOf(server)).slice(acts);
  expect([act?.kind, act?.person, more]).toEqual(['end-device', secretary.person, []]);
  // The next phone, by a new invitation, is not ended by the same record told again.
  const next = await personalDevice(server, secretary.person, secretary.grants);
  expect(await push(administrator, record)).toEqual([['dup']]);
  expect((await next.sync()).grants.map(({ role }) => role)).toContain('secretary');
});

it('X-11 of whoever keeps two desks the presence keys of both change, and of no other', async () => {
  const keys = async () =>
    (
      await server.pool.query<{ scope: string; n: number }>(
        `select s.scope, count(r.n)::int as n from scopes s left join records r
         on r.scope = s.scope and r.kind = 'presence-key' where s.kind = 'branch' group by s.scope`,
      )
    ).rows;
  const before = await keys();
  const other = before.find(({ scope }) => scope !== secretary.branch)?.scope ?? '';
  const both = await personalDevice(server, newId(), [
    { scope: secretary.branch, role: 'secretary' },
    { scope: other, role: 'committee' },
  ]);
  expect(await push(administrator, lost(both.person))).toEqual([['ok']]);
  const more = [secretary.branch, other];
  const want = before.map(({ scope, n }) => ({ scope, n: n + (more.includes(scope) ? 1 : 0) }));
  expect(new Set(await keys())).toEqual(new Set(want));
});
