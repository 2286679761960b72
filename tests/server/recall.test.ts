/** The second copy of a token, over TLS by a proxy of the county: PUBLIC_URL says https. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { pino } from 'pino';
import type { RecallAnswer } from '#protocol/recall.ts';
import { startServer } from '#tests/support/server.ts';
import { newId, newSecretText, post, secretOf, selfRecord } from '#tests/support/wire-device.ts';
import { personScope } from '#domain/roles.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let plain: Awaited<ReturnType<typeof startServer>>;
const logged: string[] = [];
let nth = 0;
let me: Awaited<ReturnType<typeof joinWithCookie>>;

beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line) => void logged.push(line) });
  server = await startServer({ publicUrl: 'https://county.example', log });
  plain = await startServer();
});
afterAll(async () => {
  await server.stop();
  await plain.stop();
});
beforeEach(async () => {
  me = await joinWithCookie(
    server,
    secretOf(server.invitations[(nth += 1) - 1] ?? { url: 'none:' }),
  );
});

async function joinWithCookie({ url }: { url: string }, secret: string) {
  const request = { secret, device: newId(), token: newSecretText(), notice: 1 };
  const answer = await post(`${url}/api/join`, request);
  const { person } = (await answer.json()) as { person: string };
  const header = answer.headers.get('set-cookie');
  return { ...request, person, header, cookie: header?.split(';')[0] ?? '' };
}

const ask = (cookie: string, headers = {}) =>
  post(`${server.url}/api/join/recall`, {}, { cookie, ...headers });
const recalled = async (cookie: string) =>
  ((await (await ask(cookie)).json()) as RecallAnswer).people;

it('D-15 joining lays the token down as a cookie that no script reads and no other site sends', () => {
  const name = `__Host-rixue-${me.person.slice(-12)}`;
  expect(me.header).toBe(
    `${name}=${me.token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=34560000`,
  );
});

it('D-15 a phone that has lost everything else is told who it is, on the same device', async () => {
  const scope = personScope(me.person);
  const answer = await post(
    `${server.url}/api/sync`,
    {
      v: 1,
      device: me.device,
      epoch: '',
      cursors: [],
      want: 65536,
      records: [1, 2, 3].map((seq) => selfRecord(scope, seq)),
    },
    { authorization: `Bearer ${me.token}` },
  );
  expect(answer.status).toBe(200);
  const people = await recalled(me.cookie);
  const { device, token, person } = me;
  expect(people).toMatchObject([{ device, token, person, seq: 3 }]);
  expect(people[0]?.names.hans).toBeTruthy();
  expect(people[0]?.place.hans).toBe('青山镇石桥村党支部');
  expect(people[0]?.grants).toHaveLength(1);
});

it('D-15 several people of one phone have a cookie each', async () => {
  const other = await joinWithCookie(
    server,
    secretOf(server.invitations[(nth += 1) - 1] ?? { url: 'none:' }),
  );
  const both = await recalled(`a=b; ${me.cookie}; ${other.cookie}`);
  expect(both.map(({ person }) => person)).toEqual([me.person, other.person]);
});

it('X-11 a revoked device is told nothing and its cookie goes, an invented one too', async () => {
  await server.pool.query('update devices set revoked = 1 where device = $1', [me.device]);
  const name = me.cookie.split('=')[0] ?? '';
  for (const token of [me.token, newSecretText()]) {
    const answer = await ask(`${name}=${token}`);
    expect(await answer.json()).toEqual({ people: [] });
    expect(answer.headers.get('set-cookie')).toMatch(new RegExp(`^${name}=; .*Max-Age=0$`));
  }
});

it('X-02 another site is refused, however it asks', async () => {
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'content-type': 'text/plain' },
  ];
  for (const headers of foreign) {
    const answer = await ask(me.cookie, headers);
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'request.malformed' }]);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
  expect(await recalled(me.cookie)).toHaveLength(1);
});

it('lays it down anew for whoever has the token, and for nobody else', async () => {
  const keep = (token: string) =>
    post(`${server.url}/api/join/keep`, {}, { authorization: `Bearer ${token}` });
  const answer = await keep(me.token);
  expect(await answer.json()).toEqual({ kept: true });
  expect(answer.headers.get('set-cookie')).toBe(me.header);
  const unknown = await keep(newSecretText());
  expect([unknown.status, unknown.headers.get('set-cookie')]).toEqual([401, null]);
});

it('sends no cookie with a sync, and none at all over plain http', async () => {
  const sync = await post(
    `${server.url}/api/sync`,
    { v: 1, device: me.device, epoch: '', cursors: [], want: 65536 },
    { authorization: `Bearer ${me.token}`, cookie: me.cookie },
  );
  expect([sync.status, sync.headers.get('set-cookie')]).toEqual([200, null]);
  const there = await joinWithCookie(plain, secretOf(plain.invitations[0] ?? { url: 'none:' }));
  expect(there.header).toBeNull();
  const name = `__Host-rixue-${there.person.slice(-12)}`;
  const answer = await post(
    `${plain.url}/api/join/recall`,
    {},
    { cookie: `${name}=${there.token}` },
  );
  expect(await answer.json()).toEqual({ people: [] });
});

it('X-11 no log line holds a token or a cookie', () => {
  expect(logged.join('')).toContain('answered');
  expect(logged.join('')).not.toMatch(/__Host|[\w-]{43}/);
  expect(logged.join('')).not.toContain(me.token);
});
