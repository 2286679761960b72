/** The program as an administrator meets it: one sentence for each mistake, exit code 1, no stack. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLoopback, readConfig } from '#server/config.ts';
import { startTestPostgres, type TestDatabase } from '#tests/support/postgres.ts';
import { onePageApp, runProgram, spawnServer } from '#tests/support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-main-'));
let postgres: TestDatabase;
let env: Record<string, string>;

beforeAll(async () => {
  postgres = await startTestPostgres();
  env = {
    DATA_DIR: join(folder, 'var'),
    APP_DIR: onePageApp(join(folder, 'app')),
    DATABASE_URL: postgres.url,
  };
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function expectSentence(
  changed: Record<string, string>,
  args: string[],
  pattern: RegExp,
  port = 0,
) {
  const failure = await runProgram({ ...env, ...changed }, port, args).then(
    ({ child }) => (child.kill('SIGKILL'), 'it started'),
    (error: Error) => error.message,
  );
  expect(failure).toMatch(/^ended with 1: /);
  expect(failure).toMatch(pattern);
  expect(failure).not.toMatch(/\n\s+at |node:internal/);
  expect(failure.trim().split('\n')).toHaveLength(1);
}

describe('one sentence and exit code 1', () => {
  it('for a port in use', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => busy.once('listening', done));
    const { port } = busy.address() as AddressInfo;
    await expectSentence({}, ['--demo'], /端口 \d+ 已被占用.*Port \d+ is in use/, port);
    busy.close();
  });

  it.each([
    ['that nobody answers', 'postgres://a:hidden@127.0.0.1:1/none'],
    ['that is no address', 'hello'],
    ['with a wrong password', 'wrong-password'],
    ['of a database that is not there', 'no-database'],
  ])('for a DATABASE_URL %s', async (_, url) => {
    const wrong: Record<string, string> = {
      'wrong-password': postgres.url.replace(/:\/\/rixue:[^@]+@/, '://rixue:hidden@'),
      'no-database': postgres.url.replace(/\/t_\w+/, '/hidden'),
    };
    await expectSentence({ DATABASE_URL: wrong[url] ?? url }, ['--demo'], /DATABASE_URL/);
  });

  it('for an empty database of one’s own without --demo or --empty', async () => {
    await expectSentence({}, [], /--empty.*--demo/);
  });

  it('for an app that is not built, and a certificate that is none', async () => {
    await expectSentence({ APP_DIR: folder }, ['--demo'], /npm run build/);
    const file = join(folder, 'no.pem');
    writeFileSync(file, 'no certificate');
    await expectSentence({ TLS_CERT: file, TLS_KEY: file }, ['--demo'], /证书或密钥/);
  });

  it('for a data folder that cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const changed = { DATABASE_URL: '', DATA_DIR: join(file, 'var') };
    await expectSentence(changed, [], /不能写入数据目录/);
  });
});

describe('a database of one’s own', () => {
  it('is set up with --empty, goes on without it, takes a second server, and refuses the demonstration', async () => {
    const first = await runProgram(env, 0, ['--empty']);
    expect(first.invitations.map(({ role }) => role)).toEqual(['administrator']);
    const second = await runProgram({ ...env, DATA_DIR: join(folder, 'var2') }, 0, []);
    expect(second.invitations).toEqual([]);
    for (const { port } of [first, second])
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    await expectSentence({}, ['--demo'], /正式的县/);
    for (const { child } of [first, second]) {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    }
  });

  it('is left alone by a machine whose clock is behind what it has received', async () => {
    const own = await startTestPostgres();
    const settings = { DATABASE_URL: own.url, DATA_DIR: join(folder, 'late') };
    const { child } = await runProgram({ ...env, ...settings }, 0, ['--demo']);
    child.kill('SIGTERM');
    await once(child, 'exit');
    const client = new pg.Client({ connectionString: own.url });
    await client.connect();
    await client.query(`update records set received = received + 2 * 86400000`);
    await client.end();
    await expectSentence(settings, [], /先对好时间/);
    await own.stop();
  });

  it('is set up once by two servers that start in the same moment', async () => {
    const fresh = await startTestPostgres();
    const both = await Promise.all(
      ['a', 'b'].map((name) =>
        runProgram({ ...env, DATABASE_URL: fresh.url, DATA_DIR: join(folder, name) }, 0, [
          '--demo',
        ]),
      ),
    );
    expect(both.map(({ invitations }) => invitations.length).toSorted((a, b) => a - b)).toEqual([
      0, 12,
    ]);
    for (const { child } of both) child.kill('SIGKILL');
    await fresh.stop();
  });

  it('keeps what it has through kill -9, and tells no invitation twice', async () => {
    const server = await spawnServer({ seed: 'demo' });
    const before = await server.pool.query('select count(*)::int as n from records');
    await server.kill();
    await server.restart();
    expect((await server.pool.query('select count(*)::int as n from records')).rows).toEqual(
      before.rows,
    );
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    await server.stop();
  });
});

describe('SIGTERM', () => {
  it('lets a running request finish and ends within 5 s, though a connection stays open', async () => {
    const server = await spawnServer({ seed: 'demo' });
    const idle = connect(server.port, '127.0.0.1');
    idle.on('error', () => undefined);
    idle.write('POST /api/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    await new Promise((done) => setTimeout(done, 100));
    const began = Date.now();
    await server.stop();
    expect(Date.now() - began).toBeLessThan(5_000);
    idle.destroy();
  });

  it('ends within 5 s though a statement waits for a lock', async () => {
    const fresh = await startTestPostgres();
    const { child, port } = await runProgram({ ...env, DATABASE_URL: fresh.url }, 0, ['--demo']);
    const locking = new pg.Client(fresh.poolConfig);
    await locking.connect();
    await locking.query('begin; lock table invitations');
    const body = JSON.stringify({ secret: 'A'.repeat(43) });
    const look = fetch(`http://127.0.0.1:${port}/api/join/look`, { method: 'POST', body });
    look.catch(() => undefined);
    await new Promise((done) => setTimeout(done, 200));
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await locking.end();
    await fresh.stop();
  });

  it('is what SIGHUP means too: a closed terminal leaves no database running', async () => {
    const fresh = await startTestPostgres();
    const { child } = await runProgram({ ...env, DATABASE_URL: fresh.url }, 0, ['--demo']);
    const ended = once(child, 'exit');
    child.kill('SIGHUP');
    expect(await ended).toEqual([0, null]);
    await fresh.stop();
  });
});

describe('settings', () => {
  const read = (given: Record<string, string>, args: string[] = []) =>
    readConfig(given, args, '/app');

  it('have the defaults of the contract', () => {
    expect(read({})).toEqual({
      ok: true,
      value: {
        port: 8080,
        host: '127.0.0.1',
        dataDir: './var',
        databaseUrl: null,
        publicUrl: null,
        tls: null,
        seed: null,
        appDir: '/app',
      },
    });
  });

  it.each([
    [{ PORT: 'http' }, []],
    [{ PORT: '65536' }, []],
    [{ PUBLIC_URL: 'rixue.example' }, []],
    [{ PUBLIC_URL: 'ftp://rixue.example' }, []],
    [{ TLS_CERT: 'a.pem' }, []],
    [{}, ['--demo', '--empty']],
    [{}, ['--dmeo']],
  ])('%j %j are refused with a sentence', (given, args) => {
    const config = read(given as Record<string, string>, args);
    expect(config.ok ? '' : config.error).toMatch(/[。].*[A-Za-z]/);
  });

  it('know which hosts only this machine can reach', () => {
    const hosts = [
      '127.0.0.1',
      '127.9.9.9',
      '::1',
      'localhost',
      '127.example.org',
      '0.0.0.0',
      '::',
    ];
    expect(hosts.filter(isLoopback)).toEqual(hosts.slice(0, 4));
  });

  it('take the slash off the public address', () => {
    const config = read({ PUBLIC_URL: 'https://rixue.example/' });
    expect(config.ok && config.value.publicUrl).toBe('https://rixue.example');
  });
});
