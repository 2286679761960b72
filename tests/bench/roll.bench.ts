/**
 * `bench roll`: what folding a roll takes, the middle of many, beside sorting the very same records
 * alone, which no fold can do without. 60 people tapped once; 2,000 records of 200 people, most of them
 * replaced, some by two desks that did not know of each other.
 */
import type { CheckInBody, CheckInState } from '#domain/bodies/attendance.ts';
import { inOrder, type Foldable } from '#domain/fold.ts';
import { foldRoll } from '#domain/roll.ts';
import { createSeededRandom } from '#tests/support/seeded-random.ts';
import { ratio, type Emit } from './bench.ts';

const ROLLS = [
  { figure: 'fold-60', people: 60, records: 60 },
  { figure: 'fold-2000', people: 200, records: 2_000 },
] as const;

/** Enough that the middle is that of warm code, as on the second tap of a roll. */
const RUNS = 201;
/** Of ten records on one person so many name the one before; the rest were written unaware of it. */
const AWARE = 0.9;
const ACTIVITY = '018f0000-0000-7000-8000-0000000000aa';

export async function run(emit: Emit): Promise<void> {
  for (const { figure, people, records } of ROLLS) {
    const rows = makeRows(people, records);
    const fold = middle(() => foldRoll(ACTIVITY, rows));
    const sort = middle(() => inOrder(rows));
    emit({ figure, value: fold, unit: 'ms', against: 'sorting them', ratio: ratio(fold, sort) });
  }
}

function middle(work: () => unknown): number {
  const took = Array.from({ length: RUNS }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
  return Number((took.sort((a, b) => a - b)[(RUNS - 1) / 2] ?? 0).toFixed(3));
}

/** As a phone holds them: in no order, some not numbered yet. */
function makeRows(people: number, count: number): Foldable<CheckInBody>[] {
  const random = createSeededRandom(5);
  const last = new Map<string, string>();
  const states: CheckInState[] = ['present', 'online', 'leave', 'none', 'excused'];
  const rows = Array.from({ length: count }, (_, at): Foldable<CheckInBody> => {
    const subject = `person-${at % people}`;
    const id = `record-${at}`;
    const before = last.get(subject);
    const replaces = before && random() < AWARE ? { replaces: [before] } : {};
    last.set(subject, id);
    const state = states[Math.floor(random() * states.length)] ?? 'present';
    return {
      ...{ id, kind: 'check-in', subject, author: 'secretary', seq: at + 1, at, day: '2026-11-26' },
      n: random() < AWARE ? at + 1 : null,
      body: { activity: ACTIVITY, state, how: 'tap', ...replaces },
    };
  });
  return rows
    .map((row) => ({ row, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
}
