/** The README's commands are those that CI runs and that package.json has. */
import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');
const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
const ci = readFileSync('.ci/run', 'utf8');

/** Commands that are npm's own and need no entry in package.json. */
const BUILT_IN = ['ci', 'install', 'audit'];

it('names the start and the test command', () => {
  expect(commandsIn(readme)).toEqual(expect.arrayContaining(['start', 'test']));
});

it('names no command that package.json does not have', () => {
  const missing = commandsIn(readme).filter((name) => !scripts[name] && !BUILT_IN.includes(name));
  expect(missing).toEqual([]);
});

it('has a CI script that runs exactly the test command, and may be executed', () => {
  const commands = ci
    .split('\n')
    .filter((line) => /^(exec )?(npm|npx|node|yarn|pnpm)\b/.test(line));
  expect(commands).toEqual(['exec npm test </dev/null']);
  expect(statSync('.ci/run').mode & 0o111).toBe(0o111);
});

it('goes through the set-up script for every command that needs packages', () => {
  const direct = Object.entries(scripts).filter(
    ([, line]) => !/^(exec )?node scripts\/setup\.mjs \w/.test(line),
  );
  expect(direct.map(([name]) => name)).toEqual(['format']);
});

function commandsIn(text: string): string[] {
  const found = [...text.matchAll(/npm (?:run (?:--silent )?)?([a-z][\w-]*)/g)].map(
    ([, name]) => name ?? '',
  );
  return [...new Set(found)];
}
