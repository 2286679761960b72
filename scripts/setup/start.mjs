/** `npm start`: the lock first, then packages and build, then the server in this same process. */
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { takeLock } from '#server/db/cluster-lock.mjs';
import { ensureBuild, SERVER_ENTRY } from './build.mjs';
import { ensureInstall } from './install.mjs';
import { refusal, Stop } from './say.mjs';

const DEFAULT_PORT = 8080;
/** CONTRACT: everything ends within 5 s of the signal. */
const END_LIMIT_MS = 4900;
/** Part of the 5 s that an end may take. */
const PARENT_POLL_MS = 250;

/** Starts the server; returns once it runs. `stopListening` gives the signals over to the server. */
export async function start(args, stopListening) {
  const npm = process.ppid;
  refuseSwallowed();
  const held = await lock(resolve(process.env.DATA_DIR || './var'));
  await checkPort(process.env.HOST || '127.0.0.1', process.env.PORT || `${DEFAULT_PORT}`);
  await ensureInstall({ dev: false });
  await ensureBuild();
  endInTime(held);
  stopListening();
  endWith(npm);
  process.argv = [process.argv[0], SERVER_ENTRY, ...args];
  await import(pathToFileURL(SERVER_ENTRY).href);
}

/** `npm start --empty` without `--` reaches npm alone, and would make a demonstration county. */
function refuseSwallowed() {
  const name = ['empty', 'demo'].find((each) => process.env[`npm_config_${each}`] !== undefined);
  if (name) throw new Stop(`请写成 npm start -- --${name}。Write it as: npm start -- --${name}`);
}

/** The folder's lock; servers on a PostgreSQL of one's own keep nothing in it that needs one. */
async function lock(dataDir) {
  if (process.env.DATABASE_URL) return { ending: () => undefined };
  const outcome = await takeLock(dataDir);
  if (outcome.state === 'refused') throw new Stop(refusal(outcome.code, dataDir));
  if (outcome.state === 'taken') return outcome;
  throw new Stop(
    `进程 ${outcome.pid} 正在使用 ${dataDir}，请先停掉它或换一个 DATA_DIR。` +
      `Process ${outcome.pid} is using ${dataDir}: stop it first or choose another DATA_DIR.`,
  );
}

/** Before a build of a minute, not after it. */
async function checkPort(host, text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new Stop(
      `PORT=${text} 不是端口号（0 到 65535）。PORT=${text} is not a port (0 to 65535).`,
    );
  const code = await new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error) => done(error.code));
    probe.listen(port, host, () => probe.close(() => done(undefined)));
  });
  if (code === 'EADDRINUSE')
    throw new Stop(
      `端口 ${port} 已被占用，请用 PORT 换一个。Port ${port} is in use: choose another with PORT.`,
    );
  if (code)
    throw new Stop(
      `不能在 ${host}:${port} 上监听（${code}），请改 HOST 或 PORT。` +
        `Cannot listen on ${host}:${port} (${code}): change HOST or PORT.`,
    );
}

/** The server drains and ends by itself; this is for one that cannot, or that is not up yet. */
function endInTime(held) {
  const end = () => {
    held.ending();
    setTimeout(() => process.exit(143), END_LIMIT_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, end);
}

/**
 * When npm started us and is gone, even by SIGKILL, the server ends as by SIGTERM. npm's shell is no
 * process between (package.json: `exec`), and whoever started npm may leave: `nohup npm start &` stays.
 */
function endWith(npm) {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_POLL_MS);
  timer.unref();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => clearInterval(timer));
}
