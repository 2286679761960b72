/** Format, lint and types: each counts as one test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, toolPath } from './run.mjs';

/** The machine that this is sized for has two cores. */
const AT_ONCE = 2;
/** Only the app's own check reads what is in .vue files; the others have the compiler that is ten times faster. */
const COMPILER = 'typescript-7/tsc';
/** A check that hangs must not hide the last line; the slowest takes well under a minute. */
const LIMIT_MS = 240_000;

/** Runs them two at a time and returns one check each. */
export async function runStaticChecks() {
  const left = [
    ['types app', 'vue-tsc', ['--noEmit', '-p', 'tsconfig.app.json']],
    ['lint eslint', 'eslint', ['.']],
    ...projectsBesideApp().map((file) => [
      `types ${/tsconfig\.(\w+)/.exec(file)?.[1]}`,
      COMPILER,
      ['--noEmit', '-p', file],
    ]),
    ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
    ['lint oxlint', 'oxlint', ['--quiet']],
  ];
  const checks = [];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) checks.push(await check(...next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return checks;
}

async function check(name, tool, args) {
  const began = Date.now();
  const code = await run(process.execPath, [toolPath(...tool.split('/')), ...args], {
    stdio: ['ignore', 1, 2],
    limitMs: LIMIT_MS,
  });
  const seconds = (Date.now() - began) / 1000;
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} ${seconds.toFixed(1)} s`);
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, seconds };
}

function projectsBesideApp() {
  const { references } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
  return references.map(({ path }) => path).filter((path) => !path.includes('tsconfig.app'));
}
