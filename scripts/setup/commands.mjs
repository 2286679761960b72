/** The commands, what each needs, and what it runs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureBuild, SERVER_ENTRY } from './build.mjs';
import { ensureInstall } from './install.mjs';
import { endChildrenOnSignal, ROOT, run, runTool } from './run.mjs';
import { say, Stop } from './say.mjs';
import { start } from './start.mjs';
import { ensureTools } from './tools.mjs';

/** Benches that measure in one. */
const IN_A_BROWSER = ['save', 'roster'];

/** Commands that are a TypeScript file: the file, and what has to be there before it runs (for some arguments). */
const SCRIPTS = {
  bench: {
    file: 'tests/bench/run.ts',
    build: true,
    browser: (names) => !names.length || names.some((name) => IN_A_BROWSER.includes(name)),
  },
  faults: {
    file: 'scripts/faults.ts',
    build: true,
    browser: true,
    tools: ['strace', 'soffice', 'nginx'],
  },
  simulate: { file: 'tests/fault/simulator/run.ts' },
  'check-code': { file: 'scripts/check-code.ts' },
  convert: { file: 'scripts/convert.ts' },
  locales: { file: 'scripts/locales.ts' },
  screens: { file: 'scripts/screens.ts', build: true, browser: true },
};

const COMMANDS = {
  start,
  build: async () => {
    await ensureInstall({ dev: false });
    await ensureBuild();
  },
  backup: (args) => runServerTask('backup', args),
  restore: (args) => runServerTask('restore', args),
  audit: (args) => runServerTask('audit', args),
  retention: (args) => runServerTask('retention', args),
  check: (args) => runTests(args, { quick: true }),
  test: (args) => runTests(args, { quick: false }),
};

/** Runs `npm run NAME -- …` and sets the exit code; an expected failure prints its one sentence. */
export async function runCommand([name, ...args]) {
  process.chdir(ROOT);
  const stopListening = endChildrenOnSignal();
  try {
    const command = COMMANDS[name] ?? (SCRIPTS[name] && ((rest) => runScript(SCRIPTS[name], rest)));
    if (!command) throw new Stop(`没有命令 ${name}。There is no command ${name}.`);
    const code = await command(args, stopListening);
    if (code) process.exit(code);
  } catch (error) {
    say(error instanceof Stop ? error.message : error.stack);
    process.exit(1);
  }
}

async function runScript({ file, build, browser, tools = [] }, args) {
  if (!existsSync(join(ROOT, file))) throw new Stop(`还没有 ${file}。There is no ${file} yet.`);
  await ensureInstall({ dev: true });
  if (build) await ensureBuild();
  if (typeof browser === 'function' ? browser(args) : browser) await ensureBrowser();
  await ensureTools(...tools);
  return runTool('tsx', [file, ...args], { stdio: 'inherit' });
}

/** A task of the built server: it needs no test tools, only what `npm start` has installed already. */
async function runServerTask(name, args) {
  await ensureInstall({ dev: false });
  await ensureBuild();
  return run(process.execPath, [SERVER_ENTRY, name, ...args], { stdio: 'inherit' });
}

async function runTests(args, { quick }) {
  await ensureInstall({ dev: true });
  const { runSuite } = await import('./suite.mjs');
  return runSuite(args, { quick, makeReady: makeReady(quick) });
}

/** What tests of the app need; the checks that need only the sources are run beside it. */
function makeReady(quick) {
  return async () => {
    if (quick) return;
    await Promise.all([ensureBuild(), ensureBrowser()]);
  };
}
