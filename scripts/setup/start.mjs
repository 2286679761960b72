/** `npm start`: the lock first, then packages and build, then the server in this same process. */
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { takeLock } from '#server/db/cluster-lock.mjs';
import { ensureBuild, SERVER_ENTRY } from './build.mjs';
import { ensureInstall } from './install.mjs';
import { refusal, Stop } from './say.mjs';

const DEFAULT_PORT = 8080;
/** npm passes signals on, but not where it was killed, nor through every shell. */
const PARENT_POLL_MS = 500;

/** Starts the server; returns once it runs. `stopListening` gives the signals over to the server. */
export async function start(args, stopListening) {
  await lock(resolve(process.env.DATA_DIR || './var'));
  await checkPort(process.env.HOST || '127.0.0.1', process.env.PORT || `${DEFAULT_PORT}`);
  await ensureInstall({ dev: false });
  await ensureBuild();
  stopListening();
  endWithParent();
  process.argv = [process.argv[0], SERVER_ENTRY, ...args];
  await import(pathToFileURL(SERVER_ENTRY).href);
}

async function lock(dataDir) {
  const outcome = await takeLock(dataDir);
  if (outcome.state === 'refused') throw new Stop(refusal(outcome.code, dataDir));
  if (outcome.state === 'held')
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

/** When npm started us and is gone, the server ends as by SIGTERM. */
function endWithParent() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_POLL_MS);
  timer.unref();
}
