/**
 * `npm test` and `npm run check`: every check in order, its output as it comes, and at the end
 * `N passed, N failed` alone on the last line of stdout.
 */
import { SERVER_ENTRY } from './build.mjs';
import { runStaticChecks } from './static-checks.mjs';
import { runSmoke } from './smoke.mjs';
import { runVitest } from './vitest-projects.mjs';

/**
 * Two lanes that end at about the same time: what needs PostgreSQL for minutes, in one run; and beside
 * it, one run after the other, what takes seconds and what drives a browser.
 */
const LONG_PROJECTS = ['server', 'fault'];
const QUICK_PROJECTS = ['unit', 'data', 'meta'];
const BROWSER_PROJECTS = ['browser', 'e2e'];

/**
 * Runs the suite and returns the exit code. `makeReady` builds the app and finds a browser, which takes
 * one core and the network; `quick` leaves out what needs either;
 * `--only a,b` runs just those parts (static, smoke, or a project's name).
 *
 * A check has the shape {name, passed, failed, seconds, detail?}.
 */
export async function runSuite(args, { quick, makeReady }) {
  const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : null;
  const wanted = (name) => !only || only.includes(name);
  const checks = [];
  const [statics] = await Promise.all([wanted('static') ? runStaticChecks() : [], makeReady()]);
  checks.push(...statics);
  if (!quick) process.env.SERVER_ENTRY = SERVER_ENTRY; // built just now
  const browserProjects = quick ? [] : BROWSER_PROJECTS;
  const lanes = [[LONG_PROJECTS], [QUICK_PROJECTS, ...browserProjects.map((name) => [name])]].map(
    (lane) => lane.map((run) => run.filter(wanted)).filter((run) => run.length > 0),
  );
  checks.push(...(await Promise.all(lanes.map(runInTurn))).flat());
  if (!quick && wanted('smoke')) checks.push(...(await runSmoke()));
  return report(checks);
}

/** Runs of Vitest, one after the other. */
async function runInTurn(runs) {
  const checks = [];
  for (const projects of runs) checks.push(...(await runVitest(projects)));
  return checks;
}

function report(checks) {
  const sum = (key) => checks.reduce((total, check) => total + check[key], 0);
  console.log('');
  for (const { name, passed, failed, seconds, detail } of checks) {
    const counts = `${passed} passed${failed ? `, ${failed} FAILED` : ''}`;
    console.log(
      `${name.padEnd(28)} ${counts}  ${seconds.toFixed(1)} s${detail ? `  ${detail}` : ''}`,
    );
  }
  const failed = sum('failed');
  console.log(`\n${sum('passed')} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
