import { afterAll, beforeAll, expect, it } from 'vitest';
import { times } from '#tests/support/long.ts';
import { FAILED, FAILED_SEEDS } from './simulator/failed.ts';
import { describeSeed, runSeed, STEPS } from './simulator/seeds.ts';
import { startSimulatedServer, type SimulatedServer } from './simulator/server.ts';
import { simulate } from './simulator/simulate.ts';
import { schedules } from './simulator/steps.ts';

const SEEDS = times(150, 300);
/** Away from those of S-18. */
const FIRST = 1_000_000;

let server: SimulatedServer;
beforeAll(async () => {
  server = await startSimulatedServer();
});
afterAll(() => server.stop());

it(
  'S-19 after any sequence of commands every phone shows what the model says',
  { timeout: 20 * 60_000 },
  async () => {
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
      const result = await runSeed(server, seed, schedules(STEPS));
      expect(result.violations, describeSeed(result)).toEqual([]);
    }
  },
);

it.each(Object.entries(FAILED))('S-19 never again: %s', async (_, schedule) => {
  expect((await simulate(server, schedule)).violations).toEqual([]);
});

it.each(Object.entries(FAILED_SEEDS))('S-19 never again: %s', async (_, seed) => {
  const result = await runSeed(server, seed, schedules(STEPS));
  expect(result.violations, describeSeed(result)).toEqual([]);
});
