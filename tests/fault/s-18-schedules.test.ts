import { expect, it } from 'vitest';
import { describeSeed, runSeed, STEPS } from './simulator/seeds.ts';
import { startSimulatedServer } from './simulator/server.ts';
import { schedules, shuffledSchedules } from './simulator/steps.ts';
import { times } from '#tests/support/long.ts';

const SEEDS = times(30, 600);
const SHUFFLED = times(10, 200);

it(
  'S-18 any schedule of cuts, kills and pauses ends with nothing lost, doubled or waiting',
  { timeout: 20 * 60_000 },
  async () => {
    const server = await startSimulatedServer();
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const result = await runSeed(server, seed, schedules(STEPS));
      expect(result.violations, describeSeed(result)).toEqual([]);
    }
    await server.stop();
  },
);

it(
  'S-03 batches of five phones that come twice, late and in another order leave one and the same state',
  { timeout: 20 * 60_000 },
  async () => {
    const server = await startSimulatedServer();
    for (let seed = 1; seed <= SHUFFLED; seed += 1) {
      const result = await runSeed(server, seed, shuffledSchedules(STEPS));
      expect(result.violations, describeSeed(result)).toEqual([]);
    }
    await server.stop();
  },
);
