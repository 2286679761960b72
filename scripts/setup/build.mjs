/**
 * Builds the app and the server where the sources changed: into a new folder that then takes the
 * place of dist, so that a build that was cut off is never served.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, hashFiles } from './hash.mjs';
import { precompress } from './precompress.mjs';
import { ROOT, runTool } from './run.mjs';
import { say, Stop } from './say.mjs';

const SOURCES = [
  'src',
  'public',
  'locales',
  'index.html',
  'vite.config.ts',
  'scripts/setup',
].concat(
  'package.json',
  'package-lock.json',
  readdirSync(ROOT).filter((name) => /^tsconfig.*\.json$/.test(name)),
);
const DIST = join(ROOT, 'dist');
const RECORD = '.build.json';
/** Enough to tell builds apart on a phone's screen. */
const BUILD_NAME_LENGTH = 12;

/** Makes dist fit the sources and returns {sourceHash, buildHash}. */
export async function ensureBuild() {
  const sourceHash = hashFiles(
    ROOT,
    SOURCES.flatMap((path) => filesUnder(ROOT, path)),
  );
  const current = readRecord();
  if (current?.sourceHash === sourceHash) return current;
  return build(sourceHash);
}

/** The built app and the built server's entry. */
export const APP_DIR = join(DIST, 'app');
export const SERVER_ENTRY = join(DIST, 'server', 'main.js');

async function build(sourceHash) {
  say('构建… Building …');
  removeLeftovers();
  const half = join(ROOT, `dist-${process.pid}`);
  await vite(sourceHash, ['--outDir', join(half, 'app')]);
  await vite(sourceHash, ['--ssr', 'src/server/main.ts', '--outDir', join(half, 'server')]);
  const files = ['app', 'server'].flatMap((part) => filesUnder(half, part));
  const record = { sourceHash, buildHash: hashFiles(half, files) };
  await precompress(join(half, 'app'));
  writeFileSync(join(half, RECORD), `${JSON.stringify(record)}\n`);
  replaceDist(half);
  say(`构建校验码 build ${record.buildHash}`);
  return record;
}

async function vite(sourceHash, args) {
  const env = { NODE_ENV: 'production', RIXUE_BUILD: sourceHash.slice(0, BUILD_NAME_LENGTH) };
  const code = await runTool('vite', ['build', '--logLevel', 'warn', '--emptyOutDir', ...args], {
    env,
  });
  if (code !== 0)
    throw new Stop(
      `构建没有成功（退出码 ${code}），原因见上。The build failed (${code}), see above.`,
    );
}

function replaceDist(half) {
  const old = join(ROOT, `dist-old-${process.pid}`);
  if (existsSync(DIST)) renameSync(DIST, old);
  renameSync(half, DIST);
  rmSync(old, { recursive: true, force: true });
}

/** Folders of builds whose process is gone. */
function removeLeftovers() {
  for (const name of readdirSync(ROOT)) {
    const [, pid] = /^dist-(?:old-)?(\d+)$/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) rmSync(join(ROOT, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readRecord() {
  try {
    const complete = existsSync(join(APP_DIR, 'index.html')) && existsSync(SERVER_ENTRY);
    return complete ? JSON.parse(readFileSync(join(DIST, RECORD), 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}
