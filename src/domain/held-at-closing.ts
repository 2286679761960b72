/**
 * Which records the phone that closed a roll held, found again from the hash that it wrote. It held what
 * it had written itself, and of the others' what it had pulled: all up to some number of the scope, for pages
 * come in that order. So there are few sets to try. Where none has that hash (a line was erased since,
 * or a phone kept something else) it is taken to have held all that comes before it in the common order.
 */
import type { DecisionBody } from './bodies/decision.ts';
import type { ClosingBody } from './bodies/closing.ts';
import { rollHash } from './check-code.ts';
import { DECISION_KIND } from './decisions.ts';
import { inOrder, readable } from './fold.ts';
import { foldHall, linesOf, type HallCount } from './hall-count.ts';
import type { MeetingRecord } from './meeting-records.ts';
import { waits } from './waits.ts';

/** A `closing` record that counts. */
export type ClosingRecord = MeetingRecord & { body: ClosingBody };

/** Each costs a fold and a hash, a phone of 2014 does so many in a tenth of a second. */
const TRIES = 64;

/** The hall as the phone that closed it knew it. */
export function heldAtClosing(
  activity: string,
  closing: ClosingRecord,
  records: readonly MeetingRecord[],
): HallCount {
  const before = recordsBefore(closing, records);
  for (const held of setsToTry(closing, before)) {
    const hall = foldHall(activity, held);
    if (isOf(closing, hall)) return hall;
  }
  return foldHall(activity, before.undecided);
}

interface Before {
  all: MeetingRecord[];
  /** Without those that only waited then, and counted for nothing (roll.ts). */
  undecided: MeetingRecord[];
}

/** What comes before the closing; what was decided after it may have waited on that phone, or not yet. */
function recordsBefore(closing: ClosingRecord, records: readonly MeetingRecord[]): Before {
  const ordered = inOrder(records);
  const at = ordered.findIndex(({ id }) => id === closing.id);
  const decidedLater = new Set(
    readable(ordered.slice(at))
      .filter((record) => record.kind === DECISION_KIND && !waits(record))
      .map(({ body }) => (body as DecisionBody).record),
  );
  const all = ordered.slice(0, at);
  return { all, undecided: all.filter(({ id }) => !decidedLater.has(id)) };
}

/** The likely ones first. */
function* setsToTry(closing: ClosingRecord, { all, undecided }: Before) {
  yield undecided;
  yield all;
  const isOwn = ({ device }: MeetingRecord) => device === closing.device;
  const upTo = (cut: number) => undecided.filter((one) => isOwn(one) || (one.n ?? 0) <= cut);
  yield upTo(0);
  const numbers = undecided.filter((one) => !isOwn(one)).map(({ n }) => n ?? 0);
  for (const cut of [...new Set(numbers)].sort((a, b) => b - a).slice(0, TRIES)) yield upTo(cut);
}

function isOf({ body }: ClosingRecord, { roll, paper }: HallCount): boolean {
  const { activity, headcount, hash } = body;
  return rollHash({ activity, headcount, paper, lines: linesOf(roll) }) === hash;
}
