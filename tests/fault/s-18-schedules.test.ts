import { afterAll, beforeAll, expect, it } from 'vitest';
import { FAULT_KINDS } from './simulator/history.ts';
import { describeSeed, runSeed, STEPS } from './simulator/seeds.ts';
import { startSimulatedServer, type SimulatedServer } from './simulator/server.ts';
import { schedules, shuffledSchedules } from './simulator/steps.ts';
import { times } from '#tests/support/long.ts';

/** With those of S-19 300 schedules of 60 steps in `npm test`. */
const SEEDS = times(100, 300);
const SHUFFLED = times(50, 100);

let server: SimulatedServer;
beforeAll(async () => {
  server = await startSimulatedServer();
});
afterAll(() => server.stop());

it(
  'S-18 any schedule of cuts, kills and pauses ends with nothing lost, doubled or waiting',
  { timeout: 20 * 60_000 },
  async () => {
    const happened = new Set<string>();
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const result = await runSeed(server, seed, schedules(STEPS));
      expect(result.violations, describeSeed(result)).toEqual([]);
      for (const fault of result.counts.keys()) happened.add(fault);
    }
    expect(FAULT_KINDS.filter((fault) => !happened.has(fault))).toEqual([]);
  },
);

it(
  'S-03 batches of five phones that come twice, late and in another order leave one and the same state',
  { timeout: 20 * 60_000 },
  async () => {
    for (let seed = 1; seed <= SHUFFLED; seed += 1) {
      const result = await runSeed(server, seed, shuffledSchedules(STEPS));
      expect(result.violations, describeSeed(result)).toEqual([]);
    }
  },
);
