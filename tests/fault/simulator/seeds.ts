/** One seed: its schedule run, and where something was violated the smallest schedule that still does it. */
import fc from 'fast-check';
import type { History } from './history.ts';
import type { SimulatedServer } from './server.ts';
import { simulate } from './simulate.ts';
import type { Schedule } from './steps.ts';

/** As many steps as FAULTS asks of a schedule. */
export const STEPS = 60;
/** A smaller schedule is a kindness; the seed itself says enough. */
const SHRINK_MS = 60_000;

export interface Seeded {
  seed: number;
  violations: string[];
  /** The smallest schedule found that violates anything; null where none did. */
  schedule: Schedule | null;
  counts: ReadonlyMap<string, number>;
}

/** Runs the schedule of a seed. */
export async function runSeed(
  server: SimulatedServer,
  seed: number,
  arbitrary: fc.Arbitrary<Schedule>,
): Promise<Seeded> {
  let first: History | null = null;
  let violations: string[] = [];
  const property = fc.asyncProperty(arbitrary, async (schedule) => {
    const history = await simulate(server, schedule);
    first ??= history;
    if (history.violations.length > 0) violations = history.violations;
    return history.violations.length === 0;
  });
  const limits = { interruptAfterTimeLimit: SHRINK_MS, markInterruptAsFailure: true };
  const { failed, counterexample } = await fc.check(property, { seed, numRuns: 1, ...limits });
  const { counts = new Map<string, number>() } = (first ?? {}) as Partial<History>;
  return { seed, violations, counts, schedule: failed ? (counterexample?.[0] ?? null) : null };
}

/** What a person needs to see of a seed that failed. */
export function describeSeed({ seed, violations, schedule }: Seeded): string {
  const steps = (schedule?.steps ?? []).map((step) => JSON.stringify(step));
  return [`seed ${seed}`, ...violations, ...steps].join('\n  ');
}
