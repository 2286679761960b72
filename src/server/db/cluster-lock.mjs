/**
 * One server for one DATA_DIR. Plain JavaScript, because `npm start` takes the lock before anything is
 * built (scripts/setup) and the server takes it too when it is run directly.
 *
 * Promises: the holder listens on DATA_DIR/lock.sock (or, where that path is too long for a socket,
 * on a loopback port written to DATA_DIR/lock.port) and answers each connection with its pid; the
 * kernel ends the lock with the process, so a kill -9 leaves nothing that has to be cleared by hand;
 * taking it again within one process succeeds.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** sockaddr_un holds 108 bytes with its closing zero. */
const SOCKET_PATH_LIMIT_BYTES = 107;
/** A living holder answers from its event loop; a build step may keep that busy for a moment. */
const ANSWER_LIMIT_MS = 3000;
/** Taking over is a matter of milliseconds; an older mark was left by a kill. */
const TAKING_LIMIT_MS = 5000;
const POLL_MS = 50;

/**
 * Takes the lock of `dataDir`. `held` names the pid that has it; `refused` is the file system's code
 * (EACCES, EROFS, ENOSPC …) where the folder cannot be written.
 *
 * @param {string} dataDir
 * @returns {Promise<import('./cluster-lock.mjs').LockOutcome>}
 */
export async function takeLock(dataDir) {
  const dir = resolve(dataDir);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    await beginTaking(dir);
  } catch (error) {
    return { state: 'refused', code: String(error?.code ?? error) };
  }
  try {
    const pid = await askHolder(dir);
    if (pid === process.pid) return { state: 'taken', release: () => undefined };
    if (pid !== null) return { state: 'held', pid };
    return { state: 'taken', release: await listen(dir) };
  } catch (error) {
    return { state: 'refused', code: String(error?.code ?? error) };
  } finally {
    endTaking(dir);
  }
}

/**
 * The pid that holds `dataDir` now, or null.
 *
 * @param {string} dataDir
 * @returns {Promise<number | null>}
 */
export function askHolder(dataDir) {
  const where = target(resolve(dataDir));
  if (!where) return Promise.resolve(null);
  return new Promise((done) => {
    let answer = '';
    const socket = connect(where);
    const timer = setTimeout(() => socket.destroy(), ANSWER_LIMIT_MS);
    socket.setEncoding('utf8');
    socket.on('data', (text) => (answer += text));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      const [, pid] = /^rixue (\d+)\n$/.exec(answer) ?? [];
      done(pid ? Number(pid) : null);
    });
  });
}

function fits(dir) {
  return Buffer.byteLength(join(dir, 'lock.sock')) <= SOCKET_PATH_LIMIT_BYTES;
}

function target(dir) {
  if (fits(dir)) return { path: join(dir, 'lock.sock') };
  try {
    return { host: '127.0.0.1', port: Number(readFileSync(join(dir, 'lock.port'), 'utf8')) || 1 };
  } catch {
    return null;
  }
}

function listen(dir) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(`rixue ${process.pid}\n`);
  });
  server.unref();
  const path = join(dir, 'lock.sock');
  rmSync(path, { force: true });
  return new Promise((done, failed) => {
    server.once('error', failed);
    const release = () => server.close();
    if (fits(dir)) return server.listen(path, () => done(release));
    server.listen(0, '127.0.0.1', () => {
      writeFileSync(join(dir, 'lock.port'), `${server.address().port}`);
      done(release);
    });
  });
}

/** Two starters that both find a dead lock must not both replace it: one at a time looks and takes. */
async function beginTaking(dir) {
  const mark = join(dir, 'lock.taking');
  for (;;) {
    try {
      mkdirSync(mark);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const made = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - made > TAKING_LIMIT_MS) rmSync(mark, { recursive: true, force: true });
    else await sleep(POLL_MS);
  }
}

function endTaking(dir) {
  rmSync(join(dir, 'lock.taking'), { recursive: true, force: true });
}
