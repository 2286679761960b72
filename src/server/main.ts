/**
 * The program: reads the environment, starts, prints `ready` and, in an empty county, the
 * invitations; ends within 5 s of SIGTERM, SIGINT or SIGHUP. Standard output holds those lines alone, the
 * log goes to standard error.
 */
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Result } from '#lib/result.ts';
import { readConfig } from './config.ts';
import { machineSources } from './sources.ts';
import { start } from './start.ts';
import { runAuditCommand } from './tasks/audit/command.ts';
import { isBackupCommand, runBackupCommand } from './tasks/backup/command.ts';
import { runRetentionCommand } from './tasks/retention/command.ts';

/** Whatever still hangs is cut, so that a service manager never has to kill. */
const END_LIMIT_MS = 4_800;

/** Beside the built server lies the app; run from the sources, the last build's is taken. */
const appDir = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/app' : '../app', import.meta.url),
);

await main();

async function main() {
  const args = process.argv.slice(2);
  if (isBackupCommand(args[0])) return backUpOrRestore(args);
  if (args[0] === 'audit') return audit(args.slice(1));
  if (args[0] === 'retention')
    return told(await runRetentionCommand(args.slice(1), process.env, machineSources()));
  const config = readConfig(process.env, args, appDir);
  if (!config.ok) return refuse(config.error);
  const log = pino({ level: process.env['LOG_LEVEL'] || 'info', base: null }, process.stderr);
  const starting = start(config.value, { ...machineSources(), log });
  const end = endOnce(starting);
  // SIGHUP too: a terminal that is closed must not leave PostgreSQL behind.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end);
  const started = await starting;
  if (!started.ok) return refuse(started.error);
  print(`ready ${started.value.url}`);
  for (const { role, url } of started.value.invitations) print(`invitation ${role} ${url}`);
}

/** `backup FILE` and `restore FILE`: the same program, so that the release that runs needs nothing else. */
async function backUpOrRestore(args: readonly string[]) {
  told(await runBackupCommand(args, process.env, machineSources()));
}

/** A command's one line. */
function told(done: Result<string, string>) {
  if (!done.ok) return refuse(done.error);
  process.stdout.write(`${done.value}\n`, () => process.exit(0));
}

/** `audit`: what it found goes to standard output, the exit code says whether all was sound. */
async function audit(args: readonly string[]) {
  const done = await runAuditCommand(args, process.env, machineSources().clock);
  if (!done.ok) return refuse(done.error);
  const { lines, sound } = done.value;
  process.stdout.write(`${lines.join('\n')}\n`, () => process.exit(sound ? 0 : 1));
}

function endOnce(starting: ReturnType<typeof start>) {
  let ending = false;
  return () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), END_LIMIT_MS).unref();
    void starting
      .then((started) => (started.ok ? started.value.stop() : undefined))
      .then(() => process.exit(0));
  };
}

/** Ends with one sentence; nothing runs any more that would keep the process. */
function refuse(sentence: string) {
  process.stderr.write(`${sentence}\n`, () => process.exit(1));
}

function print(line: string) {
  process.stdout.write(`${line}\n`);
}
