/** 「這條不對」: to the secretary, or past the branch to the county, as the member chooses; written with no network. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { foldObjections, foldObjectionsAbove, ownObjections } from '#domain/objections.ts';
import { personScope } from '#domain/roles.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { startServer } from '#tests/support/server.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let member: HeadlessDevice;
let neighbour: HeadlessDevice;
let secretary: HeadlessDevice;
let administrator: HeadlessDevice;
let branch = '';
let county = '';
let person = '';
let meeting = '';
const STARTS = 1_772_700_000_000;
const ABOVE = '书记不肯改';

beforeAll(async () => {
  server = await startServer({ seed: 'demo' });
  const join = async (role: string, index = 0) => {
    const invitation = server.invitations.filter((one) => one.role === role)[index]?.url ?? '';
    const device = await createHeadlessDevice({ server: server.url, invitation });
    await device.enrol();
    await device.sync();
    return device;
  };
  member = await join('member');
  neighbour = await join('member', 1);
  secretary = await join('secretary');
  administrator = await join('administrator');
  const who = await member.ledger.current();
  [person = '', branch = '', county = ''] = [who?.person, who?.grants[0]?.scope, who?.county.id];
  const body = { type: 'lecture', title: '党课', starts: STARTS };
  meeting = (await secretary.record('activity', body)).id;
  await syncAll();
}, 60_000);
afterAll(async () => {
  await Promise.all(everybody().map((device) => device.close()));
  await server.stop();
});

const everybody = () => [secretary, member, neighbour, administrator];
/** The member first, then whoever is to hear of it, then the member again. */
async function syncAll(): Promise<void> {
  for (const device of [member, ...everybody()]) await device.sync();
}
const say = (text?: string) =>
  member.record('objection', { activity: meeting, ...(text && { text }) }, { subject: person });
const sayAbove = () =>
  member.record(
    'objection-above',
    { branch, activity: meeting, title: '党课', starts: STARTS, text: ABOVE },
    { scope: county, subject: person },
  );
const own = async () => ownObjections(person, meeting, await member.records());
const idsOn = async (device: HeadlessDevice) => (await device.records()).map(({ id }) => id);
const textsAtDesk = async () =>
  foldObjections(await secretary.records()).map(({ text, seen }) => [text, seen !== null]);

it('A-11 is kept on the phone with no network, and is at the desk after the next sync alone', async () => {
  const said = await say('那天我在');
  expect((await own()).map(({ record }) => record.state)).toEqual(['saved']);
  await secretary.sync();
  expect(await idsOn(secretary)).not.toContain(said.id);
  await syncAll();
  expect((await own()).map(({ record }) => record.state)).toEqual(['sent']);
  expect(await textsAtDesk()).toEqual([['那天我在', false]]);
  for (const other of [neighbour, administrator]) expect(await idsOn(other)).not.toContain(said.id);
});

it('A-11 is settled by the desk’s word, which its member hears', async () => {
  const [said] = foldObjections(await secretary.records());
  await secretary.record('answer', { request: said?.id, done: true }, { subject: person });
  await syncAll();
  await member.sync();
  expect((await own()).map(({ seen }) => seen)).toEqual([true]);
});

it('A-11 one sent above reaches no phone of the branch, until its member tells the secretary too', async () => {
  const above = await sayAbove();
  await syncAll();
  for (const other of [secretary, neighbour]) {
    const rows = await other.records();
    expect(rows.map(({ id }) => id)).not.toContain(above.id);
    expect(JSON.stringify(rows)).not.toContain(ABOVE);
  }
  expect(foldObjectionsAbove(await administrator.records()).map(({ text }) => text)).toEqual([
    ABOVE,
  ]);
  expect((await textsAtDesk()).length).toBe(1);
  await say(ABOVE);
  await syncAll();
  expect((await textsAtDesk()).at(-1)).toEqual([ABOVE, false]);
});

it('A-11 one sent above lies in the county’s scope for those who run it alone', async () => {
  const { rows } = await server.pool.query<Record<string, string>>(
    `select kind, scope, audience from records where kind in ('objection', 'objection-above')`,
  );
  const places = new Set(rows.map(({ kind, scope, audience }) => `${kind} ${scope} ${audience}`));
  expect(places).toEqual(new Set([`objection ${branch} own`, `objection-above ${county} sponsor`]));
});

it('A-11 that the county has looked is told to its member in their own scope, and to no desk', async () => {
  const [said] = foldObjectionsAbove(await administrator.records());
  const answer = { complaint: said?.id, done: true };
  await administrator.record('complaint-answer', answer, { scope: county });
  await administrator.sync();
  await syncAll();
  const above = (await own()).filter(({ to }) => to === 'above');
  expect(above.map(({ seen }) => seen)).toEqual([true]);
  const told = (await member.records()).filter(({ kind }) => kind === 'complaint-told');
  expect(told.map(({ scope }) => scope)).toEqual([personScope(person)]);
  for (const { kind } of await secretary.records()) expect(kind).not.toBe('complaint-told');
});
