/** A real `npm start` on an empty data folder: what an administrator meets first. Each line is one test. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmCommand, ROOT } from './run.mjs';

/** A build is there already; creating the database takes a second or two. */
const READY_LIMIT_MS = 60_000;
/** CONTRACT: SIGTERM ends everything within 5 s. */
const END_LIMIT_MS = 5000;

/** Starts, asks, starts again beside it, stops, restarts, and tries what an administrator may get wrong. */
export async function runSmoke() {
  const dataDir = mkdtempSync(join(tmpdir(), 'rixue-smoke-'));
  const port = await freePort();
  const env = { DATA_DIR: dataDir, PORT: `${port}`, HOST: '127.0.0.1', DATABASE_URL: '' };
  const checks = [];
  const check = async (name, prove) => checks.push(await timed(name, prove));
  let server = startServer(env);
  await check('smoke: ready and answers', async () => {
    await server.ready;
    for (const path of ['/healthz', '/readyz', '/'])
      await expectOk(`http://127.0.0.1:${port}${path}`);
  });
  await check('smoke: second start names it', () =>
    expectSentence(env, /进程 \d+ .*Process \d+ is/),
  );
  await check('smoke: ends within 5 s', () => endsCleanly(server, dataDir));
  server = startServer(env);
  await check('smoke: restart', () => server.ready);
  await check('smoke: ends again', () => endsCleanly(server, dataDir));
  await badInput(check, env);
  rmSync(dataDir, { recursive: true, force: true });
  return checks;
}

async function badInput(check, env) {
  const busy = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => busy.once('listening', done));
  const taken = { ...env, PORT: `${busy.address().port}` };
  await check('smoke: port in use', () => expectSentence(taken, /端口 \d+ 已被占用/));
  busy.close();
  const file = join(env.DATA_DIR, 'a-file');
  writeFileSync(file, '');
  const closed = { ...env, DATA_DIR: join(file, 'var') };
  await check('smoke: folder not writable', () => expectSentence(closed, /不能写入/));
  const url = { ...env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  await check('smoke: wrong DATABASE_URL', () => expectSentence(url, /DATABASE_URL/, ['--demo']));
}

/** A start that must end by itself with exit code 1 and one sentence, without a stack. */
async function expectSentence(env, pattern, args = []) {
  const server = startServer(env, args);
  const timer = setTimeout(() => server.child.kill('SIGKILL'), READY_LIMIT_MS);
  const code = await server.ended;
  clearTimeout(timer);
  if (code !== 1) throw new Error(`ended with ${code}: ${server.output()}`);
  const said = server.output();
  if (!pattern.test(said)) throw new Error(`said: ${said}`);
  if (/^\s+at /m.test(said)) throw new Error(`printed a stack: ${said}`);
}

async function endsCleanly(server, dataDir) {
  const began = Date.now();
  server.child.kill('SIGTERM');
  const late = setTimeout(() => server.child.kill('SIGKILL'), END_LIMIT_MS * 2);
  await server.ended;
  clearTimeout(late);
  while (existsSync(join(dataDir, 'pg', 'postmaster.pid'))) {
    if (Date.now() - began > END_LIMIT_MS) throw new Error('PostgreSQL still runs');
    await new Promise((done) => setTimeout(done, 50));
  }
  if (Date.now() - began > END_LIMIT_MS) throw new Error(`took ${Date.now() - began} ms`);
}

function startServer(env, args = []) {
  const [program, ...first] = npmCommand() ?? ['npm'];
  const full = [...first, 'start', '--silent', ...(args.length > 0 ? ['--', ...args] : [])];
  const child = spawn(program, full, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise((done) => child.once('close', done));
  const ready = new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`not ready: ${said}`)), READY_LIMIT_MS);
    const hear = (text) => {
      said += text;
      if (!/^ready http/m.test(said)) return;
      clearTimeout(timer);
      done();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    ended.then((code) => (clearTimeout(timer), failed(new Error(`ended with ${code}: ${said}`))));
  });
  ready.catch(() => undefined); // met where it is awaited
  return { child, ready, ended, output: () => said };
}

async function expectOk(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
}

async function timed(name, prove) {
  const began = Date.now();
  const failure = await prove().then(
    () => undefined,
    (error) => error.message,
  );
  const seconds = (Date.now() - began) / 1000;
  console.log(
    `${failure ? 'FAILED' : 'ok    '} ${name} ${seconds.toFixed(1)} s${failure ? `\n${failure}` : ''}`,
  );
  return { name, passed: failure ? 0 : 1, failed: failure ? 1 : 0, seconds };
}

function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  return new Promise((done) =>
    probe.once('listening', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    }),
  );
}
