/**
 * `npm run simulate -- --seeds N`: that many random schedules of phones, line and server
 * of this folder, from `--from` on. stdout says how often each fault happened and how many
 * schedules violated anything; each of those is printed with its smallest form.
 * `npm run simulate -- --county` makes a whole county instead (tests/county/command.ts).
 */
import { parseArgs } from 'node:util';
import { makeCountyToLookAt } from '#tests/county/command.ts';
import { FAULT_KINDS } from './history.ts';
import { describeSeed, runSeed, STEPS } from './seeds.ts';
import { CONNECTIONS, startSimulatedServer } from './server.ts';
import { schedules } from './steps.ts';

/** About half a minute; from so many on, a fault that never happened is an error too. */
const SEEDS = 100;
/** A sign of life this often. */
const TELL_EVERY = 50;

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  ...{ seeds: TEXT, from: TEXT },
  ...{ county: { type: 'boolean' } as const, branches: TEXT, members: TEXT, seed: TEXT },
} as const;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(1));
// The cluster of the run would keep the process.
process.exit(await main());

async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS, strict: false });
  if (values.county) return simulateCounty(values);
  const [seeds, from] = [Number(values.seeds ?? SEEDS), Number(values.from ?? 1)];
  if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from)) {
    console.error('--seeds 要一个正整数。--seeds takes a positive whole number.');
    return 1;
  }
  const server = await startSimulatedServer({ connections: CONNECTIONS });
  const total = new Map<string, number>();
  let failed = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await runSeed(server, seed, schedules(STEPS));
    for (const [fault, count] of result.counts) total.set(fault, (total.get(fault) ?? 0) + count);
    if (result.violations.length > 0) {
      failed += 1;
      print(describeSeed(result));
    }
    const done = seed - from + 1;
    if (done % TELL_EVERY === 0) console.error(`${done} of ${seeds}`);
  }
  await server.stop();
  const never = FAULT_KINDS.filter((fault) => !total.has(fault));
  for (const fault of never) total.set(fault, 0);
  for (const [fault, count] of [...total].toSorted()) print(`${fault} ${count}`);
  print(`${seeds} schedules, ${failed} with a violation`);
  return failed > 0 || (seeds >= SEEDS && never.length > 0) ? 1 : 0;
}

async function simulateCounty(values: Record<string, unknown>): Promise<number> {
  const made = await makeCountyToLookAt(values, process.env);
  if (made.ok) made.value.forEach(print);
  else process.stderr.write(`${made.error}\n`);
  return made.ok ? 0 : 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
