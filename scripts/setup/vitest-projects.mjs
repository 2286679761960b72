/** Runs Vitest projects and counts their tests from its JSON report. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT, runTool } from './run.mjs';

/** A run takes eight minutes on two cores; one that hangs ends, one on a slower machine does not. */
const LIMIT_MS = 1_200_000;

/**
 * Runs the projects in one go and returns a check each. A test file that cannot be loaded, a run that
 * ends badly without a failed test, a skipped test and a project without a test count as failures.
 */
export async function runVitest(projects) {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-vitest-'));
  const outputFile = join(folder, 'report.json');
  const began = Date.now();
  const args = projects.flatMap((name) => ['--project', name]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
  const code = await runTool('vitest', ['run', ...args, ...reporters, '--passWithNoTests'], {
    stdio: ['ignore', 1, 2],
    limitMs: LIMIT_MS,
  });
  const seconds = (Date.now() - began) / 1000;
  const files = readReport(outputFile);
  rmSync(folder, { recursive: true, force: true });
  const checks = projects.map((name) => countProject(name, files, seconds));
  const failed = checks.some((check) => check.failed > 0);
  if (code !== 0 && !failed)
    checks.push({
      name: `vitest ${projects.join(' ')}`,
      passed: 0,
      failed: 1,
      seconds,
      detail: `ended with ${code}`,
    });
  return checks;
}

function countProject(name, files, seconds) {
  const own = files.filter((file) =>
    relative(ROOT, file.name).startsWith(join('tests', name) + '/'),
  );
  const tests = own.flatMap((file) => file.assertionResults.map((test) => test.status));
  const broken = own.filter((file) => file.status === 'failed' && !hasFailedTest(file)).length;
  const passed = tests.filter((status) => status === 'passed').length;
  const failed = tests.filter((status) => status === 'failed').length + broken;
  const skipped = tests.length - passed - (failed - broken);
  if (tests.length + broken === 0)
    return { name, passed, failed: 1, seconds, detail: 'no test ran' };
  const detail = skipped > 0 ? `${skipped} skipped` : undefined;
  return { name, passed, failed: failed + skipped, seconds, detail };
}

function hasFailedTest(file) {
  return file.assertionResults.some((test) => test.status === 'failed');
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).testResults;
  } catch {
    return []; // it ended before it could report: each project then counts as failed
  }
}
