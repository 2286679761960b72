/**
 * One server for one DATA_DIR. Plain JavaScript, because `npm start` takes the lock before anything is
 * built (scripts/setup) and the server takes it too when it is run directly.
 *
 * Promises: the holder listens on DATA_DIR/lock.sock (or, where that path is too long for a socket,
 * on a loopback port written to DATA_DIR/lock.port) and answers each connection with its pid; the
 * kernel ends the lock with the process, so a kill -9 leaves nothing that has to be cleared by hand;
 * taking it again within one process succeeds; a holder that said it is ending is waited for.
 */
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** sockaddr_un holds 108 bytes with its closing zero. */
const SOCKET_PATH_LIMIT_BYTES = 107;
/** A living holder answers from its event loop; a build step may keep that busy for a moment. */
const ANSWER_LIMIT_MS = 3000;
/** Taking over is a matter of milliseconds; an older mark was left by a kill. */
const TAKING_LIMIT_MS = 5000;
/** A server ends within 5 s of its signal; npm returns before that, so a restart may come at once. */
const ENDING_LIMIT_MS = 6000;
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
    makeFolder(dir);
    await beginTaking(dir);
  } catch (error) {
    return { state: 'refused', code: String(error?.code ?? error) };
  }
  try {
    const holder = await waitWhileEnding(dir);
    if (holder?.pid === process.pid) return { state: 'taken', ...nothingToDo };
    if (holder) return { state: 'held', pid: holder.pid };
    return { state: 'taken', ...(await listen(dir)) };
  } catch (error) {
    return { state: 'refused', code: String(error?.code ?? error) };
  } finally {
    endTaking(dir);
  }
}

const nothingToDo = { release: () => undefined, ending: () => undefined };

async function waitWhileEnding(dir) {
  const began = Date.now();
  let holder = await askHolder(dir);
  while (holder?.ending && Date.now() - began < ENDING_LIMIT_MS) {
    utimesSync(join(dir, 'lock.taking'), new Date(), new Date());
    await sleep(POLL_MS);
    holder = await askHolder(dir);
  }
  return holder;
}

function askHolder(dir) {
  const where = target(dir);
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
      const [, pid, ending] = /^rixue (\d+)( ending)?\n$/.exec(answer) ?? [];
      done(pid ? { pid: Number(pid), ending: ending !== undefined } : null);
    });
  });
}

/**
 * Makes a folder, open to its owner alone, and those above it. (Node's own recursive mkdir never ends
 * where the system answers ENOENT for a new folder, as under /proc.)
 *
 * @param {string} dir
 */
export function makeFolder(dir) {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(dir) !== dir) makeFolder(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
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
  let isEnding = false;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(`rixue ${process.pid}${isEnding ? ' ending' : ''}\n`);
  });
  server.unref();
  const path = join(dir, 'lock.sock');
  rmSync(path, { force: true });
  return new Promise((done, failed) => {
    server.once('error', failed);
    const lock = { release: () => void server.close(), ending: () => void (isEnding = true) };
    if (fits(dir)) return server.listen(path, () => done(lock));
    server.listen(0, '127.0.0.1', () => {
      writeFileSync(join(dir, 'lock.port'), `${server.address().port}`);
      done(lock);
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
    // A mark from the future was made before the clock went back.
    if (Math.abs(Date.now() - made) > TAKING_LIMIT_MS)
      rmSync(mark, { recursive: true, force: true });
    else await sleep(POLL_MS);
  }
}

function endTaking(dir) {
  rmSync(join(dir, 'lock.taking'), { recursive: true, force: true });
}
