import { afterAll, beforeAll, expect, it } from 'vitest';
import type { History } from './simulator/history.ts';
import { isLong, times } from '#tests/support/long.ts';
import { startSimulatedServer, type SimulatedServer } from './simulator/server.ts';
import { simulate } from './simulator/simulate.ts';
import type { Step } from './simulator/steps.ts';

/** More acts than one sync has: a loop that never ends would hide a kill that never comes. */
const ACTS_LIMIT = 120;
const MEMBER = 2;
/** Every act in the long form, every eighth in the short one. */
const STRIDE = times(8, 1);
/** About a hundred short schedules, or an eighth of that. */
const LONG = { timeout: 20 * 60_000 };

let server: SimulatedServer;
beforeAll(async () => {
  server = await startSimulatedServer();
});
afterAll(() => server.stop());

const write = { do: 'write', count: 2, about: MEMBER, choice: 0 } as const;

/** The desk's rows are on the server; a member's phone brings records and fetches those, with this fault. */
function oneSync(fault: Step): Promise<History> {
  const steps: Step[] = [
    { ...write, phone: 0, draft: 'activity' },
    { ...write, phone: 0, draft: 'check-in' },
    { do: 'pass', ms: 400 },
    { ...write, phone: MEMBER, draft: 'study' },
    fault,
    { do: 'pass', ms: 400 },
  ];
  return simulate(server, { seed: 1, steps });
}

/** Faults at the acts, from the `first` on, until one comes after the last act; about how many there were. */
async function atEachAct(
  fault: (at: number) => Step,
  { kind, first }: { kind: string; first: number },
): Promise<number> {
  for (let at = isLong ? 1 : first; at < ACTS_LIMIT; at += STRIDE) {
    const { violations, counts } = await oneSync(fault(at));
    expect(violations, `at act ${at}`).toEqual([]);
    if (![...counts.keys()].some((count) => count.startsWith(kind))) return at - 1;
  }
  return ACTS_LIMIT;
}

it(
  'S-18 a phone killed at any one act of a sync loses nothing and doubles nothing',
  LONG,
  async () => {
    const acts = await atEachAct((at) => ({ do: 'kill', phone: MEMBER, at }), {
      kind: 'phone-killed',
      first: 1,
    });
    expect(acts).toBeGreaterThan(20);
    expect(acts).toBeLessThan(ACTS_LIMIT);
  },
);

it.each([true, false])(
  'S-18 a server killed at any one statement of a sync loses nothing and doubles nothing (after it: %s)',
  LONG,
  async (after) => {
    const kill = (at: number): Step => ({ do: 'server', at, after, whole: true });
    const statements = await atEachAct(kill, { kind: 'server-killed', first: after ? 2 : 3 });
    expect(statements).toBeGreaterThan(8);
    expect(statements).toBeLessThan(ACTS_LIMIT);
  },
);
