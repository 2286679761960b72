/** A complaint goes past the branch to those who run the county, and to nobody else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codes } from '#tests/support/handover.ts';
import { startServer } from '#tests/support/server.ts';
import {
  joinWire,
  newId,
  secretOf,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let member: WireDevice;
let secretary: WireDevice;
let administrator: WireDevice;
let seq = 0;

beforeAll(async () => {
  server = await startServer();
  const join = (role: string) => {
    const invitation = server.invitations.find((one) => one.role === role);
    return joinWire(server.url, secretOf(invitation ?? { url: 'none:' }));
  };
  member = await join('member');
  secretary = await join('secretary');
  administrator = await join('administrator');
});
afterAll(() => server.stop());

const complaint = (scope = member.county.id, subject = member.person) =>
  wireRecord({
    ...{ kind: 'complaint', scope, seq: (seq += 1), subject },
    body: { text: '点名没点我', reply: '村口小卖部' },
  });
const answer = (of: string, done = true) =>
  wireRecord({
    ...{ kind: 'complaint-answer', scope: member.county.id, seq: (seq += 1) },
    body: { complaint: of, done },
  });
const push = async (device: WireDevice, record: ReturnType<typeof wireRecord>) =>
  codes(await device.sync({ records: [record] })).map(([, ...rest]) => rest);
const idsOf = async (device: WireDevice) => (await device.pullAll()).map(({ id }) => id);

it('X-02 reaches the administrators, and not the secretary whom it is about', async () => {
  const said = complaint();
  expect(await push(member, said)).toEqual([['ok']]);
  expect(await idsOf(administrator)).toContain(said.id);
  expect(await idsOf(secretary)).not.toContain(said.id);
});

it('X-02 is written in nobody else’s name, into no branch, and not into a place that is not there', async () => {
  const refused = [['forbidden', 'writer']];
  expect(await push(secretary, complaint())).toEqual(refused);
  expect(await push(member, complaint(member.branch))).toEqual(refused);
  expect(await push(member, complaint(newId()))).toEqual(refused);
});

it('X-06 is answered by an administrator alone', async () => {
  const said = complaint();
  await push(member, said);
  const refused = [['forbidden', 'writer']];
  expect(await push(member, answer(said.id))).toEqual(refused);
  expect(await push(secretary, answer(said.id))).toEqual(refused);
  expect(await push(administrator, answer(said.id))).toEqual([['ok']]);
});

it('X-06 is told its writer when it is answered, on any of their devices, and no desk', async () => {
  const said = complaint();
  await push(member, said);
  const aboutThis = async (device: WireDevice) =>
    (await device.pullAll()).flatMap((row) => {
      if (row.kind !== 'complaint-told' || !('body' in row)) return [];
      const { complaint: of, done } = row.body as { complaint: string; done: boolean };
      return of === said.id ? [done] : [];
    });
  const [yes, no] = [answer(said.id), answer(said.id, false)];
  await push(administrator, yes);
  await push(administrator, yes);
  expect(await aboutThis(member)).toEqual([true]);
  await push(administrator, no);
  await push(administrator, yes);
  expect(await aboutThis(member)).toEqual([true, false]);
  expect(await aboutThis(secretary)).toEqual([]);
  expect(await aboutThis(administrator)).toEqual([]);
});
