/**
 * Runs the tests that carry a fault's id, in whatever project they are, and says how each id stands.
 * An id passed only when every test that names it passed; one that no test names, or whose test
 * could not be run here, is missing.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository, sourceFiles } from '#tests/support/source-files.ts';
import { type FaultId, idsOfTitle } from './ids.ts';

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
  const report = await runVitest(files, ids, options);
  return ids.map((id) => standingOf(id, report, options));
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

type Test = { title: string; ancestorTitles: string[]; status: string; failureMessages: string[] };
type TestFile = { name: string; status: string; message: string; assertionResults: Test[] };
type Report = { files: TestFile[]; ended: boolean };

function standingOf(id: FaultId, { files, ended }: Report, options: RunOptions): Outcome {
  const own = files.flatMap((file) => file.assertionResults.filter((test) => namesId(test, id)));
  const failed = own.filter(({ status }) => status === 'failed');
  const reasons = failed.map((test) => `${test.title}\n${test.failureMessages.join('\n')}`);
  const wanted = filesNaming([id]).map((path) => join(options.root ?? repository, path));
  for (const file of files.filter(isBroken))
    if (wanted.includes(file.name)) reasons.push(`${file.name}\n${file.message}`);
  if (wanted.length > 0 && !ended) reasons.push('The run was ended before it could report.');
  if (failed.length > 0 || (reasons.length > 0 && !options.strict))
    return { id, standing: 'failed', reasons };
  const complete = own.length > 0 && own.every(({ status }) => status === 'passed');
  return { id, standing: complete ? 'passed' : 'missing', reasons };
}

const namesId = ({ title, ancestorTitles }: Test, id: string) =>
  [title, ...ancestorTitles].some((name) => idsOfTitle(name).includes(id));

/** A file that could not be loaded or set up: no test of it failed, and it did not pass either. */
const isBroken = ({ status, assertionResults }: TestFile) =>
  status === 'failed' && !assertionResults.some((test) => test.status === 'failed');

async function runVitest(files: string[], ids: FaultId[], options: RunOptions): Promise<Report> {
  const root = options.root ?? repository;
  const folder = mkdtempSync(join(tmpdir(), 'rixue-faults-'));
  const outputFile = join(folder, 'report.json');
  const long = options.long ? [`--testTimeout=${LONG_TEST_MS}`] : [];
  const pattern = `(?<![\\w-])(?:${ids.join('|')})(?![\\w-])`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
  // One failure is enough for an id that must fail.
  const bail = options.strict && ids.length === 1 ? ['--bail=1'] : [];
  const names = ['--passWithNoTests', '-t', pattern];
  const args = ['run', '--root', root, ...names, ...bail, ...long, ...reporters];
  await runNode([vitestProgram(), ...args, ...files], root, options.long);
  const report = readReport(outputFile);
  rmSync(folder, { recursive: true, force: true });
  return report;
}

/** Ends with the child, or after the limit without it; a signal to us ends the child too. */
function runNode(args: string[], cwd: string, long: boolean): Promise<void> {
  const { RIXUE_LONG: _, ...env } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 2, 2],
    env: { ...env, RIXUE_FAULTS: '1', ...(long && { RIXUE_LONG: '1' }) },
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

function readReport(file: string): Report {
  try {
    const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as { testResults: TestFile[] };
    // A run that could not begin reports too, but no file.
    return { files: testResults, ended: testResults.length > 0 };
  } catch {
    return { files: [], ended: false };
  }
}
