/** Two of one desk put the same name right, each with no network and without knowing of the other. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MemberBody } from '#domain/bodies/people.ts';
import { foldRoster } from '#domain/roster.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { startServer } from '#tests/support/server.ts';

type Server = Awaited<ReturnType<typeof startServer>>;

let server: Server;
let one: HeadlessDevice;
let two: HeadlessDevice;

beforeAll(async () => {
  server = await startServer({ seed: 'demo' });
  const links = server.invitations.filter(({ role }) => role === 'secretary');
  const join = async (at: number) => {
    const invitation = links[at]?.url ?? '';
    const device = await createHeadlessDevice({ server: server.url, invitation });
    await device.enrol();
    await device.sync();
    return device;
  };
  [one, two] = [await join(0), await join(1)];
});
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
  await server.stop();
});

it('both corrections are kept, the one that arrived last stands, and both desks read the same', async () => {
  const entry = (await entries(one)).find(({ body }) => body.names.hans === '谢云');
  const subject = entry?.subject ?? '';
  const scope = entry?.scope ?? '';
  const card = entry?.body.card ?? '';
  const rename = (device: HeadlessDevice, body: Omit<MemberBody, 'card'>) =>
    device.ledger.write({ kind: 'member', scope, subject, body: { ...body, card } });
  await rename(one, { names: { hans: '谢芸' }, group: '三组' });
  await rename(two, { names: { hans: '谢云', hant: '謝雲' }, group: '二组' });
  for (const device of [two, one, two, one]) await device.sync();

  const told = await Promise.all(
    [one, two].map(async (device) => {
      const roster = foldRoster(await device.records(), '2026-11-26');
      return roster.find(({ person }) => person === subject);
    }),
  );
  expect(told[0]).toMatchObject({ names: { hans: '谢芸' }, group: '三组', card });
  expect(told[1]).toEqual(told[0]);
  const kept = (await entries(two)).filter((row) => row.subject === subject);
  expect(kept.map(({ body }) => body.group)).toEqual(
    expect.arrayContaining(['二组', '三组', '三组']),
  );
  expect(await one.ledger.unsent()).toBe(0);
  expect(await two.ledger.unsent()).toBe(0);
});

async function entries(device: HeadlessDevice) {
  const rows = await device.records();
  return rows
    .filter(({ kind }) => kind === 'member')
    .map(({ scope, subject, body }) => ({ scope, subject, body: body as MemberBody }));
}
