import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listen } from '#server/listen.ts';
import { startServer } from '#tests/support/server.ts';

let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

it('lives and is ready', async () => {
  for (const path of ['/healthz', '/readyz'])
    expect((await fetch(`${server.url}${path}`)).status).toBe(200);
});

it('lives while the database is still coming, and is not ready', async () => {
  const config = { port: 0, host: '127.0.0.1', tls: null };
  const listening = await listen(config);
  if (!listening.ok) throw new Error(listening.error);
  const url = `http://127.0.0.1:${listening.value.port}`;
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  await listening.value.close();
});

it('counts for this machine alone, and nothing about anybody', async () => {
  await fetch(`${server.url}/report`);
  const answer = await fetch(`${server.url}/metrics`);
  const text = await answer.text();
  expect(text).toMatch(/rixue_requests_total\{kind="file",status="2xx"\} \d+/);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
    const proxied = await fetch(`${server.url}/metrics`, { headers: { [header]: '10.0.0.9' } });
    expect(proxied.status).toBe(404);
  }
});

it('tells anybody which county it is, and nothing else', async () => {
  const answer = await fetch(`${server.url}/api/county`, { method: 'POST', body: '{}' });
  const county = (await answer.json()) as object;
  expect(county).toMatchObject({ names: { hans: '演示县', hant: '演示縣' }, demo: true });
  expect(Object.keys(county).sort()).toEqual(['demo', 'id', 'names']);
});

it('the API describes itself with the schemas that validate', async () => {
  const api = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
    paths: Record<string, { post?: { requestBody: object } }>;
  };
  expect(Object.keys(api.paths)).toEqual(
    expect.arrayContaining([
      '/api/sync',
      '/api/county',
      '/api/join',
      '/api/join/look',
      '/healthz',
      '/readyz',
    ]),
  );
  const sync = JSON.stringify(api.paths['/api/sync']?.post?.requestBody);
  for (const field of ['cursors', 'records', 'seals', 'want', 'epoch'])
    expect(sync).toContain(`"${field}"`);
});

it('is not ready without its database, still lives, and says neither why nor where', async () => {
  const lost = await startServer();
  await lost.pool.query(
    `alter database ${(await lost.pool.query('select current_database() as name')).rows[0].name} connection limit 0`,
  );
  await lost.database.close();
  expect((await fetch(`${lost.url}/healthz`)).status).toBe(200);
  for (const [method, path] of [
    ['GET', '/readyz'],
    ['POST', '/api/join/look'],
  ]) {
    const body = method === 'POST' ? JSON.stringify({ secret: 'a'.repeat(43) }) : null;
    const answer = await fetch(`${lost.url}${path}`, { method: method ?? 'GET', body });
    expect([answer.status, await answer.text()]).toEqual([503, '{"error":"server.unavailable"}']);
  }
  await lost.stop();
});

it('listens where it is told and nowhere else', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === 'IPv4');
  if (!outside) return;
  await expect(fetch(`http://${outside.address}:${server.port}/healthz`)).rejects.toThrow();
});
