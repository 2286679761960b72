/** The proxy of docs/operations.md, word for word, in a real nginx; runs where one is there (`npm run faults`). */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, type RequestOptions } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '#tests/support/certificate.ts';
import { endOf, startPhoneProcess } from '#tests/support/phone-process.ts';
import { startTestPostgres } from '#tests/support/postgres.ts';
import { onePageApp, runProgram } from '#tests/support/server.ts';

const OPERATIONS = fileURLToPath(new URL('../../docs/operations.md', import.meta.url));
const hasNginx = spawnSync('nginx', ['-v']).status === 0;

describe.runIf(hasNginx)('behind the proxy of operations.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-recipe-'));
  const county = makeCertificate('county');
  const certFile = join(folder, 'rixue.pem');
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  let url: string;
  let invitation: string;

  beforeAll(async () => {
    writeFileSync(certFile, county.cert);
    writeFileSync(join(folder, 'rixue.key'), county.key);
    const postgres = await startTestPostgres();
    undo.push(() => postgres.stop());
    const port = await freePort();
    url = `https://localhost:${port}`;
    const program = await runProgram(
      {
        ...{ DATABASE_URL: postgres.url, DATA_DIR: join(folder, 'var'), PUBLIC_URL: url },
        APP_DIR: onePageApp(join(folder, 'app')),
      },
      0,
      ['--demo'],
    );
    undo.push(() => endOf(program.child));
    invitation = program.invitations.find(({ role }) => role === 'member')?.url ?? '';
    const nginx = startNginx(folder, recipe(folder, port, program.port));
    undo.push(() => endOf(nginx));
  });
  afterAll(async () => {
    for (const step of undo.toReversed()) await step();
  });

  it('X-18 a phone joins and sends by the county’s certificate, and by no other', async () => {
    await expect.poll(() => statusOf('/readyz'), { timeout: 20_000 }).toBe(200);
    expect(invitation.startsWith(`${url}/join#`)).toBe(true);
    const phone = await startPhoneProcess(url, invitation, certFile);
    undo.push(() => phone.end());
    expect(await phone.ask('enrol')).toBe('joined');
    expect(await phone.ask('record')).toBe('saved');
    expect(await phone.ask('sync')).toMatch(/^pushed/);
    expect(await phone.ask('unsent')).toBe(0);
    expect(await statusOf('/readyz', {})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('X-18 what is for this machine alone is closed to the others', async () => {
    await expect.poll(() => statusOf('/readyz'), { timeout: 20_000 }).toBe(200);
    expect(await statusOf('/metrics')).toBe(404);
    expect(await statusOf('/')).toBe(200);
  });

  const statusOf = (path: string, options: RequestOptions = { ca: county.cert }) =>
    new Promise<number | string>((done) => {
      const request = get(url + path, { ...options, agent: false }, (answer) => {
        answer.resume();
        done(answer.statusCode ?? 0);
      });
      request.on('error', (error) => done('code' in error ? String(error.code) : error.message));
    });
});

/** The block for nginx as it stands there, with this machine's files and ports. */
function recipe(folder: string, port: number, serverPort: number): string {
  const block = /```\n(server \{[\s\S]*?\n\})\n```/.exec(readFileSync(OPERATIONS, 'utf8'))?.[1];
  if (!block) throw new Error('operations.md has no block for nginx');
  return block
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replaceAll('/etc/ssl/', `${folder}/`)
    .replace('127.0.0.1:8080', `127.0.0.1:${serverPort}`);
}

function startNginx(folder: string, server: string) {
  const file = join(folder, 'nginx.conf');
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  const http = `http {\naccess_log off;\n${own}\n${server}\n}`;
  writeFileSync(file, `daemon off;\npid ${folder}/nginx.pid;\nevents {}\n${http}\n`);
  return spawn('nginx', ['-e', join(folder, 'error.log'), '-p', folder, '-c', file], {
    stdio: 'ignore',
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
