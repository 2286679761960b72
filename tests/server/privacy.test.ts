/** What the server's own log says about people: nothing (PRODUCT.md, "Relief by construction", 3). */
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from '#tests/support/server.ts';
import { joinWire, post, secretOf, wireRecord } from '#tests/support/wire-device.ts';

const lines: string[] = [];
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  server = await startServer({ log });
});
afterAll(() => server.stop());

it('the log holds no token, secret, person, device, name or path, also when the database fails', async () => {
  const secret = secretOf(server.invitations[4] ?? { url: 'none:' });
  const desk = await joinWire(server.url, secret);
  const record = wireRecord({
    ...{ kind: 'activity', scope: desk.branch, seq: 1 },
    body: { type: 'lecture', title: '很特别的题目', starts: 1 },
  });
  await desk.sync({ records: [record] });
  await post(`${server.url}/api/join`, { secret, device: desk.device, token: 'x', notice: 1 });
  await fetch(`${server.url}/activities/${record.id}?who=${desk.person}`);
  await server.pool.query('alter table records rename column salt to pepper');
  const failed = await desk.sync({ records: [{ ...record, seq: 2 }], cursors: [] }).catch(String);
  expect(failed).toMatch(/503/);
  await server.pool.query('alter table records rename column pepper to salt');
  const log = lines.join('\n');
  expect(lines.length).toBeGreaterThan(4);
  expect(log).toMatch(/"code":"42703"/);
  for (const telling of [secret, desk.token, desk.person, desk.device, desk.branch, record.id])
    expect(log).not.toContain(telling);
  expect(log).not.toMatch(/很特别的题目|周建华|[0-9a-f]{8}-[0-9a-f]{4}-/);
});

it('connections that the database cuts end no process, and the next request is answered', async () => {
  const desk = await joinWire(server.url, secretOf(server.invitations[6] ?? { url: 'none:' }));
  for (let i = 0; i < 5; i += 1) {
    const asked = Array.from({ length: 6 }, () => desk.sync().catch(() => null));
    await server.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await Promise.all(asked);
  }
  await expect.poll(async () => (await desk.send(desk.request({}))).status).toBe(200);
});
