/** TLS by the server itself. The key in tests/fixtures/tls is made for these tests and guards nothing. */
import { once } from 'node:events';
import { get } from 'node:https';
import { connect } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { startTestPostgres } from '#tests/support/postgres.ts';
import { onePageApp, runProgram } from '#tests/support/server.ts';

const pem = (name: string) =>
  fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rixue-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ask(url: string, ca?: Buffer): Promise<number | string> {
  return new Promise((done) => {
    const request = get(url, { ...(ca && { ca }), agent: false }, (answer) => {
      answer.resume();
      done(answer.statusCode ?? 0);
    });
    request.on('error', (error) => done('code' in error ? String(error.code) : error.message));
  });
}

it('speaks TLS with the given certificate, prints https links, and is trusted by that certificate alone', async () => {
  const postgres = await startTestPostgres();
  const program = await runProgram(
    {
      DATABASE_URL: postgres.url,
      DATA_DIR: join(folder, 'var'),
      APP_DIR: onePageApp(join(folder, 'app')),
      TLS_CERT: pem('localhost-cert'),
      TLS_KEY: pem('localhost-key'),
    },
    0,
    ['--demo'],
  );
  const url = `https://localhost:${program.port}`;
  expect(program.invitations[0]?.url.startsWith(`${url}/join#`)).toBe(true);
  expect(await ask(`${url}/readyz`, readFileSync(pem('localhost-cert')))).toBe(200);
  expect(await ask(`${url}/readyz`)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  // Somebody who connects and never says a word must not keep the server from ending.
  const silent = connect(program.port, '127.0.0.1').on('error', () => undefined);
  await once(silent, 'connect');
  const ended = new Promise((done) => program.child.once('exit', done));
  program.child.kill('SIGTERM');
  expect(await ended).toBe(0);
  silent.destroy();
  await postgres.stop();
});
