/**
 * `npm run faults`: how every fault of tests/fault/ids.ts stands, one line each, in the long form of
 * its tests; `-- --only D,S-06` for a part; `-- --planted` breaks the code on purpose instead and
 * says whether the tests notice. stdout holds these lines alone, progress and reasons go to stderr.
 */
import { parseArgs } from 'node:util';
import { chooseIds, type FaultId } from '#tests/fault/ids.ts';
import { runPlanted } from '#tests/fault/plant.ts';
import { runFaults } from '#tests/fault/run.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(1));
process.exitCode = await main();

async function main(): Promise<number> {
  const options = { only: { type: 'string' }, planted: { type: 'boolean' } } as const;
  const { values } = parseArgs({ options, strict: false });
  const { ids, unknown } = chooseIds(typeof values.only === 'string' ? values.only : undefined);
  if (unknown.length > 0) {
    console.error(`没有编号 ${unknown.join('、')}。There is no fault ${unknown.join(', ')}.`);
    return 1;
  }
  return values.planted ? planted(ids) : standing(ids);
}

async function standing(ids: FaultId[]): Promise<number> {
  const outcomes = await runFaults(ids, { long: true });
  for (const { id, standing: state, reasons } of outcomes) {
    console.log(`${id} ${state}`);
    if (reasons.length > 0) console.error(reasons.join('\n'));
  }
  return count(
    outcomes.map(({ standing: state }) => state),
    ['passed', 'failed', 'missing'],
  );
}

async function planted(ids: FaultId[]): Promise<number> {
  const states: string[] = [];
  for await (const { id, name, state, reason } of runPlanted(ids)) {
    console.log(`${id} ${state} ${name}`);
    if (reason) console.error(`${id} ${name}: ${reason}`);
    states.push(state);
  }
  return count(states, ['caught', 'missed']);
}

/** Prints the count line and returns the exit code: 0 only when the second of `words` never occurred. */
function count(states: string[], words: string[]): number {
  const counts = words.map((word) => states.filter((state) => state === word).length);
  console.log(words.map((word, at) => `${counts[at]} ${word}`).join(', '));
  return counts[1] === 0 ? 0 : 1;
}
