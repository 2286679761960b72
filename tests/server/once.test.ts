/** A table for one download (protocol/once.ts): who may leave one, who gets it, and what stays of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OnceAnswer } from '#protocol/once.ts';
import { ONCE_BYTES_MAX } from '#protocol/once.ts';
import { machineSources } from '#server/sources.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import { createTestClock } from '#tests/support/test-clock.ts';
import { newId, post } from '#tests/support/wire-device.ts';

const NOW = Date.parse('2026-03-20T11:30:00Z');
const MINUTE = 60_000;
const TABLE = 'name,state\r\nluo,present\r\n';

const clock = createTestClock(NOW);
let server: Awaited<ReturnType<typeof startServer>>;
let branch: string;
let token: string;

beforeAll(async () => {
  server = await startServer({ sources: { ...machineSources(), clock } });
  const { rows } = await server.pool.query<{ scope: string }>(
    `select scope from scopes where kind = 'branch' order by scope limit 1`,
  );
  branch = rows[0]?.scope ?? '';
}, 120_000);
beforeEach(async () => (token = await tokenOf('secretary')));
afterAll(() => server.stop());

async function tokenOf(role: 'secretary' | 'committee' | 'member'): Promise<string> {
  return (await personalDevice(server, newId(), [{ scope: branch, role }])).token;
}

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64url');
const leave = (by = token, file = base64(TABLE)) =>
  post(`${server.url}/api/once`, { as: 'csv', file }, { authorization: `Bearer ${by}` });
const linkOf = async (answer: Response) => server.url + ((await answer.json()) as OnceAnswer).path;
const look = (link: string, language = 'zh-CN') =>
  fetch(link, { headers: { 'accept-language': language } });

describe('a table for one download', () => {
  it('is given once, named by nothing but its day', async () => {
    const link = await linkOf(await leave());
    expect(link).toMatch(/\/once\/[\w-]{22}$/);
    const page = await look(link);
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining(`${link.replace(server.url, '')}/file`),
    ]);
    const file = await fetch(`${link}/file`);
    expect(file.headers.get('content-disposition')).toBe(
      'attachment; filename="rixue-2026-03-20.csv"',
    );
    expect(file.headers.get('cache-control')).toBe('no-store');
    expect(await file.text()).toBe(TABLE);
    // The system's download manager asks once more by itself; after that it is over.
    expect((await fetch(`${link}/file`)).status).toBe(200);
    clock.pass(MINUTE);
    expect((await fetch(`${link}/file`)).status).toBe(410);
    expect((await look(link)).status).toBe(410);
  });

  it('waits ten minutes and no longer', async () => {
    const link = await linkOf(await leave());
    clock.pass(10 * MINUTE - 1);
    expect((await look(link)).status).toBe(200);
    clock.pass(1);
    expect((await fetch(`${link}/file`)).status).toBe(410);
  });

  it('is not spent by a chat that looks at the link, nor by who asks for its head', async () => {
    const link = await linkOf(await leave());
    for (const url of [link, `${link}/file`])
      expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    await look(link);
    clock.pass(MINUTE);
    expect(await (await fetch(`${link}/file`)).text()).toBe(TABLE);
  });

  it('X-06 is for whoever keeps a roster: to a member there is no such path', async () => {
    expect((await leave(await tokenOf('committee'))).status).toBe(200);
    const member = await leave(await tokenOf('member'));
    const nobody = await leave('x'.repeat(43));
    for (const answer of [member, nobody])
      expect([answer.status, await answer.json()]).toEqual([404, { error: 'request.not-found' }]);
  });

  it('X-01 that is over, used or of nobody looks the same, in the reader’s script', async () => {
    const link = await linkOf(await leave());
    await fetch(`${link}/file`);
    clock.pass(MINUTE);
    const used = await look(link);
    const unknown = await look(`${server.url}/once/${'A'.repeat(22)}`);
    const [page, same] = [await used.text(), await unknown.text()];
    expect([used.status, page]).toEqual([unknown.status, same]);
    expect(page).toContain('这个链接用过了，或者过时了');
    const traditional = await look(link, 'en;q=0.2, zh-HK, zh-CN;q=0.5');
    expect(await traditional.text()).toContain('這個鏈接用過了，或者過時了');
    expect(used.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('takes 300 kB and no more, and nothing that is no file', async () => {
    expect((await leave(token, base64(Buffer.alloc(ONCE_BYTES_MAX)))).status).toBe(200);
    expect((await leave(token, base64(Buffer.alloc(ONCE_BYTES_MAX + 3)))).status).toBe(400);
    expect((await leave(token, base64(Buffer.alloc(2 * ONCE_BYTES_MAX)))).status).toBe(413);
    expect((await leave(token, '<script>')).status).toBe(400);
  });

  it('keeps three of one person: the fourth takes the place of the first', async () => {
    const links: string[] = [];
    for (let n = 0; n < 4; n += 1) links.push(await linkOf(await leave()));
    const statuses = await Promise.all(links.map(async (link) => (await look(link)).status));
    expect(statuses).toEqual([410, 200, 200, 200]);
  });
});
