/** Format, lint and types: each counts as one test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, toolPath } from './run.mjs';

/** A check that hangs must not hide the last line; the slowest takes well under a minute. */
const LIMIT_MS = 240_000;

/** Runs them one after the other, for the tests run beside them; one check each. */
export async function runStaticChecks() {
  const wanted = [
    ['types app', 'vue-tsc', ['--noEmit', '-p', 'tsconfig.app.json']],
    ['lint eslint', 'eslint', ['.']],
    ...projectsBesideApp().map((file) => [
      `types ${/tsconfig\.(\w+)/.exec(file)?.[1]}`,
      'vue-tsc',
      ['--noEmit', '-p', file],
    ]),
    ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
    ['lint oxlint', 'oxlint', ['--quiet']],
  ];
  const checks = [];
  for (const one of wanted) checks.push(await check(...one));
  return checks;
}

async function check(name, tool, args) {
  const began = Date.now();
  const code = await run(process.execPath, [toolPath(tool), ...args], {
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
