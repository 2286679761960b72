/**
 * Runs the tests that carry a fault's id, in whatever project they are, and says how each id stands.
 * An id passed only when every test that names it passed; one that no test names, or whose test
 * could not be run here, is missing.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository, sourceFiles } from '#tests/support/source-files.ts';
import { type FaultId, idsOfTitle } from './ids.ts';
import type { ToldFile } from './told-reporter.ts';

export type Standing = 'passed' | 'failed' | 'missing';
export type Outcome = { id: FaultId; standing: Standing; reasons: string[] };
export type RunOptions = {
  /** Where package.json is: this repository or a copy of it. */
  root?: string;
  /** The long form (minutes) or the one of `npm test`. */
  long: boolean;
  /** Whether only a failed test counts as failed, not a file that cannot be loaded or a run cut off. */
  strict?: boolean;
};

/** FAULTS: the long form of everything takes 25 minutes at most. */
const LONG_LIMIT_MS = 25 * 60_000;
const LONG_TEST_MS = 20 * 60_000;
/** 300 schedules and more on a machine that others use too. */
const SHORT_LIMIT_MS = 20 * 60_000;

/** One run of Vitest over the files that name one of `ids`; its progress goes to stderr. */
export async function runFaults(ids: FaultId[], options: RunOptions): Promise<Outcome[]> {
  const files = filesNaming(ids);
  if (files.length === 0) return ids.map((id) => ({ id, standing: 'missing', reasons: [] }));
  const told = await runVitest(files, ids, options);
  return ids.map((id) => standingOf(id, told, options));
}

/** Test files with a test that is named by one of these ids, as paths from the root. */
export function filesNaming(ids: readonly string[]): string[] {
  return sourceFiles('tests', ['.test.ts'])
    .filter(({ text }) => idsInNames(text).some((id) => ids.includes(id)))
    .map(({ path }) => path);
}

/** Every id that a test is named by, known or not. */
export function namedIds(): string[] {
  return [...new Set(sourceFiles('tests', ['.test.ts']).flatMap(({ text }) => idsInNames(text)))];
}

/** The ids in names of tests of a file's text. */
export const idsInNames = (text: string) =>
  NAMES.flatMap((form) => [...text.matchAll(form)]).flatMap(([, name = '']) => idsOfTitle(name));

/** The name in `it('…'` or `describe('…'`; and before a function, as after the table of `it.each(…)`. */
const NAMES = [
  /\b(?:it|test|describe)\b[^'"`\n]*\(\s*['"`]([^'"`\n]*)/g,
  /\(\s*['"`]([^'"`\n]*)['"`],\s*(?:\{[^}]*\},\s*)?(?:async\s*)?\(/g,
];

function standingOf(id: FaultId, told: readonly ToldFile[], options: RunOptions): Outcome {
  const own = told.flatMap(({ tests }) => tests.filter((test) => namesId(test, id)));
  const failed = own.filter(({ status }) => status === 'failed');
  const reasons = failed.map(({ titles, messages }) => [...titles, ...messages].join('\n'));
  const wanted = filesNaming([id]).map((path) => join(options.root ?? repository, path));
  for (const { name, message, tests } of told)
    if (wanted.includes(name) && message && !tests.some(({ status }) => status === 'failed'))
      reasons.push(`${name}\n${message}`);
  for (const name of wanted)
    if (!told.some((file) => file.name === name))
      reasons.push(`${name}\nThe run was ended before this file was.`);
  if (failed.length > 0 || (reasons.length > 0 && !options.strict))
    return { id, standing: 'failed', reasons };
  const complete = own.length > 0 && own.every(({ status }) => status === 'passed');
  return { id, standing: complete ? 'passed' : 'missing', reasons };
}

const namesId = ({ titles }: ToldFile['tests'][number], id: string) =>
  titles.some((name) => idsOfTitle(name).includes(id));

async function runVitest(
  files: string[],
  ids: FaultId[],
  options: RunOptions,
): Promise<ToldFile[]> {
  const root = options.root ?? repository;
  const folder = mkdtempSync(join(tmpdir(), 'rixue-faults-'));
  const told = join(folder, 'told');
  const long = options.long ? [`--testTimeout=${LONG_TEST_MS}`] : [];
  const pattern = `(?<![\\w-])(?:${ids.join('|')})(?![\\w-])`;
  const reporters = ['--reporter=default', `--reporter=${join(root, REPORTER)}`];
  // One failure is enough for an id that must fail.
  const bail = options.strict && ids.length === 1 ? ['--bail=1'] : [];
  const names = ['--passWithNoTests', '-t', pattern];
  const args = ['run', '--root', root, ...names, ...bail, ...long, ...reporters];
  await runNode([vitestProgram(), ...args, ...files], root, { long: options.long, told });
  const found = readTold(told);
  rmSync(folder, { recursive: true, force: true });
  return found;
}

const REPORTER = 'tests/fault/told-reporter.ts';

/** Ends with the child, or after the limit without it; a signal to us ends the child too. */
function runNode(
  args: string[],
  cwd: string,
  { long, told }: { long: boolean; told: string },
): Promise<void> {
  const { RIXUE_LONG: _, ...env } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 2, 2],
    env: { ...env, RIXUE_FAULTS: '1', RIXUE_TOLD: told, ...(long && { RIXUE_LONG: '1' }) },
  });
  const end = () => child.kill('SIGKILL');
  const timer = setTimeout(end, long ? LONG_LIMIT_MS : SHORT_LIMIT_MS);
  process.once('exit', end);
  return new Promise((done) =>
    child.once('close', () => {
      clearTimeout(timer);
      process.off('exit', end);
      done();
    }),
  );
}

function vitestProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('vitest/package.json');
  return join(dirname(manifest), 'vitest.mjs');
}

/** None where no file began. */
function readTold(file: string): ToldFile[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as ToldFile);
}
