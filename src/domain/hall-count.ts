/** What the records of a meeting say of who was in the hall: the roll, paper, and members' own phones. */
import type { CheckInBody } from './bodies/attendance.ts';
import type { ProofBody } from './bodies/proof.ts';
import type { CheckedLine } from './check-code.ts';
import { counting, type MeetingRecord } from './meeting-records.ts';
import { foldPaper } from './paper.ts';
import { foldRoll, type RollEntry } from './roll.ts';

export interface HallCount {
  roll: ReadonlyMap<string, RollEntry>;
  /** How many of those kept on paper alone came. */
  paper: number;
  /** How many people's own phones say so and nobody has said otherwise. They decide nothing. */
  proofs: number;
}

/** Counts the hall of `activity`. */
export function foldHall(activity: string, records: readonly MeetingRecord[]): HallCount {
  const roll = foldRoll(activity, records);
  const paper = foldPaper(activity, records).here;
  return { roll, paper, proofs: proofsIn(activity, records, roll) };
}

/** The lines of a roll as its check code has them. */
export function linesOf(roll: ReadonlyMap<string, RollEntry>): CheckedLine[] {
  return [...roll.values()]
    .filter(({ state }) => state !== 'none')
    .map(({ subject, state, record }) => ({ person: subject, state, record }));
}

/** Whoever's proof the desk has answered counts by their line alone. */
function proofsIn(
  activity: string,
  records: readonly MeetingRecord[],
  roll: ReadonlyMap<string, RollEntry>,
): number {
  const answered = new Set(
    counting<CheckInBody>('check-in', activity, records).flatMap(({ body }) => body.proofs ?? []),
  );
  const proofs = counting<ProofBody & { activity?: string }>('proof', activity, records);
  const here = proofs.filter(
    ({ id, subject, author }) =>
      subject === author && (!answered.has(id) || roll.get(subject ?? '')?.state === 'present'),
  );
  return new Set(here.map(({ subject }) => subject)).size;
}
