/** Every route × every role × before, during and after its days, against a table by hand; and foreign ids against ids that nobody has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hono } from 'hono';
import { pino } from 'pino';
import { invitationHash } from '#domain/invitations.ts';
import type { SyncAnswer } from '#protocol/sync.ts';
import { createApp } from '#server/app.ts';
import { DISK_UNKNOWN } from '#server/disk.ts';
import { checkRoutes, namesOfRoutes } from '#server/http/guard.ts';
import { openApi } from '#server/http/openapi.ts';
import { ROUTE_RIGHTS } from '#server/http/route-rights.ts';
import { NO_MACHINE } from '#server/machine.ts';
import { machineSources } from '#server/sources.ts';
import { countStatements } from '#tests/support/rights/count-statements.ts';
import { ANSWERS } from '#tests/support/rights/answers.ts';
import { draftOf, FORMS } from '#tests/support/rights/drafts.ts';
import {
  everybody,
  NOW,
  placesOf,
  type Places,
  type Someone,
} from '#tests/support/rights/people.ts';
import { startServer } from '#tests/support/server.ts';
import { createTestClock } from '#tests/support/test-clock.ts';
import { newId, newSecretText, post } from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let places: Places;
let people: Someone[];
let over: Someone;

beforeAll(async () => {
  server = await startServer({ sources: { ...machineSources(), clock: createTestClock(NOW) } });
  places = await placesOf(server);
  people = await everybody(server, places);
  // A token that is over, of somebody who is an administrator all the same.
  const others = await everybody(server, places);
  over = others.find(({ name }) => name === 'administrator for years') as Someone;
  await server.pool.query('update devices set revoked = 1 where device = $1', [over.device]);
}, 120_000);
afterAll(() => server.stop());

function bodyFor(route: string, device: string): object {
  switch (route) {
    case 'POST /api/join/look':
      return { secret: 'x'.repeat(43) };
    case 'POST /api/join':
      return { secret: 'x'.repeat(43), device, token: newSecretText(), notice: 1 };
    case 'POST /api/join/again':
      return { secret: 'x'.repeat(43), device, token: newSecretText(), ask: true };
    case 'POST /api/move':
      return { act: 'make', lookup: newSecretText(), sealed: 'c2VhbGVk' };
    case 'POST /api/move/take':
      return { lookup: newSecretText(), device, token: newSecretText() };
    case 'POST /api/renew':
      return { device, token: newSecretText() };
    case 'POST /api/once':
      return { as: 'csv', file: 'YQ' };
    case 'POST /api/retention':
      return { rolls: 10, messages: 3, logs: 184 };
    case 'POST /api/sync':
      return { v: 2, cursors: [] };
    default:
      return {};
  }
}

async function ask(route: string, by: { token: string; device: string } | null, more = {}) {
  const [method = '', path = ''] = route.split(' ');
  const url = server.url + path.replace('*', path.startsWith('/api') ? 'no-such-path' : '');
  const headers = { ...(by && { authorization: `Bearer ${by.token}` }), ...more };
  if (method !== 'POST') return fetch(url, { headers });
  return post(url, bodyFor(route, by?.device ?? newId()), headers);
}

describe('X-06 every route', () => {
  it('has a line in the table by hand and in the server’s own, and every line has a route', () => {
    const { database } = server;
    const app = createApp({
      ...{ ...machineSources(), database, log: pino({ level: 'silent' }) },
      ...{ machine: NO_MACHINE, disk: DISK_UNKNOWN, appDir: 'no-such-folder', pastAssetsDir: null },
    });
    const routes = namesOfRoutes(app).toSorted();
    expect(routes).toEqual(Object.keys(ANSWERS).toSorted());
    expect(routes).toEqual(Object.keys(ROUTE_RIGHTS).toSorted());
  });

  it('that nobody said who may ask stops the start', () => {
    const app = new Hono().post('/api/roster', (c) => c.text('everybody'));
    expect(() => checkRoutes(app)).toThrow('POST /api/roster');
  });

  it('answers by the role of that day', { timeout: 60_000 }, async () => {
    const wrong: string[] = [];
    let cases = 0;
    for (const [route, [none, ended, device, administrator, desk]] of Object.entries(ANSWERS)) {
      const check = async (who: string, want: number, by: Someone | null) => {
        const { status } = await ask(route, by);
        cases += 1;
        if (status !== want) wrong.push(`${route} ${who}: ${status}, not ${want}`);
      };
      const inOffice = ({ role, when }: Someone) => role === 'administrator' && when === 'during';
      const keepsRoster = ({ role, when }: Someone) =>
        when === 'during' && (role === 'secretary' || role === 'committee');
      await Promise.all([
        check('without a token', none, null),
        check('with a token that is over', ended, over),
        ...people.map((by) =>
          check(
            by.name,
            inOffice(by) ? administrator : keepsRoster(by) ? (desk ?? device) : device,
            by,
          ),
        ),
      ]);
    }
    expect(wrong).toEqual([]);
    console.error(`rights: ${cases} cases of routes`);
  });

  it('of administrators is to others as a path that is not there, whatever else they say', async () => {
    const [admin] = people.filter(({ name }) => name === 'administrator for years');
    const missing = await ask('POST /api/no-such-path', null);
    const expected = [404, await missing.text(), headersOf(missing)];
    for (const by of people.filter(({ role }) => role !== 'administrator')) {
      const answer = await ask('POST /api/health', by, {
        cookie: `__Host-rixue-${admin?.person.slice(-12)}=${admin?.token}`,
        'x-role': 'administrator',
      });
      expect([answer.status, await answer.text(), headersOf(answer)]).toEqual(expected);
    }
  });

  it('of this machine and of our own page is closed to others', async () => {
    expect((await ask('GET /metrics', null, { via: '1.1 proxy' })).status).toBe(404);
    const recall = await ask('POST /api/join/recall', null, { 'sec-fetch-site': 'cross-site' });
    expect(recall.status).toBe(400);
  });

  it('that wants a token says so in the API’s description', () => {
    const { paths } = openApi() as { paths: Record<string, Record<string, object>> };
    const secured = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        'security' in operation ? [`${method.toUpperCase()} ${path}`] : [],
      ),
    );
    const wanting = Object.entries(ROUTE_RIGHTS)
      .filter(([, right]) => ['token', 'device', 'desk', 'administrator'].includes(right))
      .map(([route]) => route);
    expect(secured.toSorted()).toEqual(wanting.toSorted());
  });
});

describe('X-01 an id of somebody else is answered as one that nobody has', () => {
  /** Status, body and how many statements it took: what takes as many takes as long. */
  async function told(request: () => Promise<Response>) {
    const counted = countStatements(server.database.pool);
    const answer = await request();
    return [answer.status, await answer.json(), counted.end()];
  }

  it('the scope of a record, by every role and in every kind', { timeout: 60_000 }, async () => {
    for (const by of people.filter(({ role }) => role !== 'administrator')) {
      const pushTo = (scope: string, subject: string) =>
        told(() =>
          by.send(
            by.request({
              want: 2_048,
              cursors: [],
              records: FORMS.filter((form) => form !== 'self').map((form, i) =>
                draftOf(form, scope, i + 1, subject),
              ),
            }),
          ),
        );
      const [status, nowhere, statements] = await pushTo(newId(), newId());
      expect(await pushTo(by.foreign, over.person)).toEqual([status, nowhere, statements]);
      expect((nowhere as SyncAnswer).results.map(({ code }) => code)).not.toContain('ok');
    }
  });

  it('the scope of a cursor', async () => {
    for (const by of people) {
      const pullFrom = (scope: string) => {
        const cursor = { scope, n: 1, tag: 'AAAAAAAAAAA' };
        const cursors = (['member', 'desk', 'self'] as const).map((view) => ({ ...cursor, view }));
        return told(() => by.send(by.request({ cursors, want: 2_048 })));
      };
      expect(await pullFrom(by.foreign)).toEqual(await pullFrom(newId()));
    }
  });

  it('the device of a record that a desk brings', async () => {
    const [desk] = people.filter(({ name }) => name === 'committee for years');
    if (!desk) throw new Error('there is one');
    const carry = (device: string, author: string) => {
      const record = draftOf('activity', desk.home, 999, null);
      const records = [{ ...record, device, author }];
      return told(() => desk.send(desk.request({ records, want: 2_048, cursors: [] })));
    };
    const unknown = await carry(newId(), newId());
    for (const other of [over, ...people.filter(({ home }) => home !== desk.home)])
      expect(await carry(other.device, other.person)).toEqual(unknown);
    // Nor does it stand in the other's chain.
    const { rows } = await server.pool.query(
      'select from chain_links where seq = 999 and device <> $1',
      [desk.device],
    );
    expect(rows).toEqual([]);
  });

  it('the secret of an invitation, which is 256 bits', async () => {
    const { rows } = await server.pool.query<{ hash: string }>('select hash from invitations');
    const look = (secret: string) => told(() => post(`${server.url}/api/join/look`, { secret }));
    const unknown = await look(newSecretText());
    expect(unknown.slice(0, 2)).toEqual([404, { error: 'invitation.unknown' }]);
    // What the desk and the database hold of it opens nothing.
    for (const { hash } of rows) expect(await look(hash)).toEqual(unknown);
    expect(rows.map(({ hash }) => invitationHash(hash))).not.toContain(rows[0]?.hash);
  });
});

function headersOf(answer: Response): object {
  const { date: _, ...rest } = Object.fromEntries(answer.headers);
  return rest;
}
