/** What a member hands in of a host branch: the server's yes, and that nothing else crosses (ADR 16). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordHash } from '#domain/records.ts';
import type { Role } from '#domain/roles.ts';
import type { PlainRecord } from '#protocol/record.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import { toBase64Url } from '#lib/base64.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import { newId, newSecretText, wireRecord } from '#tests/support/wire-device.ts';

type Device = Awaited<ReturnType<typeof personalDevice>>;

const STARTS = Date.UTC(2026, 2, 5, 11, 30);

let server: Awaited<ReturnType<typeof startServer>>;
let home = '';
let host = '';
let member: Device;
let atHome: Device;
let atHost: Device;
let activity: string;
let line: PlainRecord;

const personOf = (...roles: { scope: string; role: Role }[]) =>
  personalDevice(server, newId(), roles);
const rowsOf = async (device: Device, kind: string) =>
  (await device.pullAll()).filter((row) => row.kind === kind) as PlainRecord[];

beforeAll(async () => {
  server = await startServer();
  const { rows } = await server.pool.query<{ scope: string }>(
    `select scope from scopes where kind = 'branch' order by scope`,
  );
  [home = '', host = ''] = rows.map(({ scope }) => scope);
});
afterAll(() => server.stop());

beforeEach(async () => {
  [member, atHome, atHost] = await Promise.all([
    personOf({ scope: home, role: 'member' }, { scope: host, role: 'second' }),
    personOf({ scope: home, role: 'member' }, { scope: home, role: 'secretary' }),
    personOf({ scope: host, role: 'member' }, { scope: host, role: 'secretary' }),
  ]);
  const body = { type: 'lecture', title: '党课', starts: STARTS };
  const opened = wireRecord({ kind: 'activity', scope: host, seq: 1, body });
  activity = opened.id;
  line = checkIn(2, member.person, { state: 'present' });
  const { results } = await atHost.sync({ records: [opened, line] });
  expect(results).toMatchObject([{ code: 'ok', to: 2 }]);
});

function checkIn(seq: number, subject: string, more: Record<string, unknown>) {
  const body = { activity, state: 'present', how: 'tap', ...more };
  return wireRecord({ kind: 'check-in', scope: host, seq, subject, body });
}

/** base64url, as the phones of host and member name it. */
function hashOf({ salt, body, ...header }: PlainRecord, by: Device): string {
  const { person: author, device } = by;
  const rest = { subject: null, offset: null, offsetAge: null, ...header, author, device };
  return toBase64Url(recordHash(rest, salt, canonicalJson(body)));
}

async function handedIn(by: Device, more: object = {}, seq = 1) {
  const [about] = (await rowsOf(atHost, 'about')).slice(-1);
  const body = {
    ...{
      host,
      names: (about?.body as { names?: object } | undefined)?.names,
      activity,
      title: '党课',
    },
    ...{ type: 'lecture', day: '2026-03-05', state: 'present' },
    ...{ record: line.id, hash: hashOf(line, atHost), ...more },
  };
  const subject = by.person;
  return wireRecord({ kind: 'attended-elsewhere', scope: home, seq, subject, body });
}

describe('what a member hands in of a host branch', () => {
  it('is borne out once, told to the member and the home desk, and to nobody else', async () => {
    const record = await handedIn(member);
    for (const code of ['ok', 'dup'])
      expect((await member.sync({ records: [record] })).results).toMatchObject([{ code }]);
    for (const device of [atHome, member]) {
      const rows = await rowsOf(device, 'attended-checked');
      expect(rows.map(({ body, subject }) => ({ body, subject }))).toEqual([
        { body: { record: record.id, hash: hashOf(record, member) }, subject: member.person },
      ]);
    }
    const other = await personOf({ scope: home, role: 'member' });
    for (const device of [atHost, other])
      for (const kind of ['attended-elsewhere', 'attended-checked'])
        expect(await rowsOf(device, kind)).toEqual([]);
    const fromHost = (await atHome.pullAll()).filter(({ scope }) => scope === host);
    expect(fromHost).toEqual([]);
  });

  it.each<[string, () => object]>([
    ['a line that is not there', () => ({ record: newId() })],
    ['a hash that it has not', () => ({ hash: newSecretText() })],
    ['another state', () => ({ state: 'online' })],
    ['another title', () => ({ title: '组织生活会' })],
    ['another day', () => ({ day: '2026-03-06' })],
    ['another name of the branch', () => ({ names: { hans: '别的支部' } })],
    ['a branch that is not there', () => ({ host: newId() })],
    ['the home branch itself', () => ({ host: home })],
  ])('X-02 of %s is kept as it was said, and the same answer tells nothing', async (_, forged) => {
    const record = await handedIn(member, forged());
    const { results } = await member.sync({ records: [record] });
    expect(results).toEqual([
      { from: 1, to: 1, code: 'ok', n: expect.any(Number), tag: expect.any(String) },
    ]);
    expect((await rowsOf(atHome, 'attended-elsewhere')).map(({ id }) => id)).toContain(record.id);
    const marked = (await rowsOf(atHome, 'attended-checked')).map(({ body }) => body);
    expect(marked).not.toContainEqual(expect.objectContaining({ record: record.id }));
  });

  it('X-02 of somebody else’s line is not borne out, also where their desk handed out id and hash', async () => {
    const thief = await personOf({ scope: home, role: 'member' });
    const record = await handedIn(thief);
    await thief.sync({ records: [record] });
    expect(await rowsOf(thief, 'attended-checked')).toEqual([]);
  });

  it('X-02 is not what a desk of either branch may say of the member', async () => {
    const record = { ...(await handedIn(member)), subject: member.person };
    for (const device of [atHome, atHost])
      expect((await device.sync({ records: [{ ...record, id: newId() }] })).results).toMatchObject([
        { code: 'forbidden' },
      ]);
  });

  it('is not borne out once the host took the line back, and is once it was put right', async () => {
    const taken = checkIn(3, member.person, { state: 'none', replaces: [line.id] });
    await atHost.sync({ records: [taken] });
    await member.sync({ records: [await handedIn(member)] });
    expect(await rowsOf(member, 'attended-checked')).toEqual([]);
    line = checkIn(4, member.person, { state: 'online', replaces: [taken.id] });
    await atHost.sync({ records: [line] });
    await member.sync({ records: [await handedIn(member, { state: 'online' }, 2)] });
    expect(await rowsOf(member, 'attended-checked')).toHaveLength(1);
  });
});
