/**
 * Heads in the hall beside the roll. Where the two differ a person decides, and never a machine: the
 * closing is written as it is with the difference visible, or not yet (PRODUCT.md, relief 4).
 */
import { fail, ok, type Result } from '#lib/result.ts';
import type { ClosingBody } from './bodies/closing.ts';
import { rollHash } from './check-code.ts';
import { linesOf, type HallCount } from './hall-count.ts';

/** How many should have been in the hall by the roll: 到 and on paper; 线上 is not there. */
export function hereOf({ roll, paper }: Pick<HallCount, 'roll' | 'paper'>): number {
  return [...roll.values()].filter(({ state }) => state === 'present').length + paper;
}

/**
 * How many more the roll holds than were counted; below 0 where fewer, 0 where they agree. More phones that say
 * so than heads are a difference too.
 */
export function differenceOf(hall: HallCount, headcount: number): number {
  const proofs = hall.proofs + hall.paper;
  return (proofs > headcount ? Math.max(proofs, hereOf(hall)) : hereOf(hall)) - headcount;
}

/**
 * What to write when the desk ends the roll call of `activity`. Where the headcount differs it fails with
 * the difference until somebody has decided that it is left so (`asIs`).
 */
export function closingFor(
  activity: string,
  hall: HallCount,
  { headcount, asIs }: { headcount: number; asIs: boolean },
): Result<ClosingBody, number> {
  const difference = differenceOf(hall, headcount);
  if (difference !== 0 && !asIs) return fail(difference);
  const held = { activity, headcount, paper: hall.paper, lines: linesOf(hall.roll) };
  return ok({ activity, headcount, hash: rollHash(held) });
}
