/** Runs programs, and ends them when the set-up itself is told to end. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's root folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const children = new Set();

/**
 * Runs a program to its end and returns its exit code (128 + n after signal n, 127 where it cannot be
 * run). Its output goes to stderr unless `stdio` says otherwise; after `limitMs` it is ended.
 */
export function run(
  program,
  args,
  { env = {}, stdio = ['ignore', 2, 2], limitMs, cwd = ROOT } = {},
) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd, stdio, env: { ...process.env, ...env } });
    children.add(child);
    const timer = limitMs && setTimeout(() => child.kill('SIGKILL'), limitMs);
    const end = (code) => {
      clearTimeout(timer);
      children.delete(child);
      done(code);
    };
    child.once('error', () => end(127));
    child.once('exit', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Runs a package's program with this Node; `bin` is its name in package.json's bin (default: the package's). */
export function runTool(name, args, options) {
  return run(process.execPath, [toolPath(name), ...args], options);
}

/** The file behind a package's program. */
export function toolPath(name, bin = name.split('/').at(-1)) {
  const folder = join(ROOT, 'node_modules', name);
  const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin;
  return join(folder, typeof found === 'string' ? found : found[bin]);
}

/** The first of these programs that is on the PATH, as a full path. */
export function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names)
    for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

/** How to run npm: the one that started us, else the one on the PATH, else undefined. */
export function npmCommand() {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.[cm]?js$/.test(own) && existsSync(own)) return [process.execPath, own];
  const found = onPath('npm');
  return found && [found];
}

/** Until the returned function is called: a signal ends the running programs, then this process. */
export function endChildrenOnSignal() {
  const end = (signal) => {
    for (const child of children) child.kill('SIGTERM');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, end);
  return () => signals.forEach((signal) => process.off(signal, end));
}
