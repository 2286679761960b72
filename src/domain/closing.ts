/**
 * Whether the roll of one activity is closed, by whom, and what was changed since. A closing stands until
 * a reopening names it; of several (two desks closed without knowing of each other) the last in the
 * common order stands, everywhere. Its hash says what the closing phone held; the code that is shown is always
 * computed from what stands now, so that any two devices with the same records show the same one.
 */
import { amendedLines, foldLooks, type AmendedLine, type Amendment } from './amendments.ts';
import type { ClosingBody, ReopeningBody } from './bodies/closing.ts';
import { checkCodeOf, rollHash } from './check-code.ts';
import { isLater } from './entered-later.ts';
import { inOrder } from './fold.ts';
import { foldHall, linesOf } from './hall-count.ts';
import { differenceOf } from './headcount.ts';
import { heldAtClosing, type ClosingRecord } from './held-at-closing.ts';
import { counting, type MeetingRecord } from './meeting-records.ts';

export interface Closing {
  /** The `closing` record that stands, who wrote it, and on which civil day. */
  record: string;
  by: string;
  day: string;
  headcount: number;
  /** Written on a day after the meeting: 事后由……补. */
  later: boolean;
  /** The roll still is what was closed over. */
  asClosed: boolean;
  /** The check code of what stands now, 12 characters. */
  code: string;
  /** How many more the roll holds than heads were counted; below 0 where fewer; 0 once it agreed. */
  difference: number;
  /** Who else of the desk has looked at a closing with a difference; null while it is 待核对. */
  lookedBy: string | null;
  /** The lines that are otherwise than when it was closed. */
  amended: AmendedLine[];
  /** What a reopening has to name; null once the server has one of them: then there are amendments only. */
  reopens: string[] | null;
}

/** The closing of `activity` that stands; null while its roll is open. `records`: of CLOSING_KINDS in its branch. */
export function foldClosing(
  activity: { id: string; starts: number },
  records: readonly MeetingRecord[],
): Closing | null {
  const standing = standingClosings(activity.id, records);
  const last = standing[standing.length - 1];
  if (!last) return null;
  const { id, author, day, body } = last;
  const { headcount, hash } = body;
  const now = foldHall(activity.id, records);
  const held = heldAtClosing(activity.id, last, records);
  const roll = { activity: activity.id, headcount, paper: now.paper, lines: linesOf(now.roll) };
  return {
    ...{ record: id, by: author, day, headcount },
    later: isLater(day, activity.starts),
    asClosed: rollHash(roll) === hash,
    code: checkCodeOf(roll),
    // Whoever came late to a roll that agreed is an amendment, and no difference.
    difference: differenceOf(held, headcount) === 0 ? 0 : differenceOf(now, headcount),
    lookedBy: foldLooks(activity.id, records)(id, author),
    amended: amendedLines(activity.id, { held, now }, records),
    reopens: standing.every(({ n }) => n === null) ? standing.map((one) => one.id) : null,
  };
}

/** What somebody else should look at, each with whom it is not for: amendments, and a closing while it is 待核对. */
export function waitingLooks(closing: Closing): Amendment[] {
  const { record, by, lookedBy, amended } = closing;
  const isDoubtful = closing.difference !== 0 && lookedBy === null;
  return [...(isDoubtful ? [{ record, by }] : []), ...amended.flatMap(({ open }) => open)];
}

function standingClosings(activity: string, records: readonly MeetingRecord[]): ClosingRecord[] {
  const reopenings = counting<ReopeningBody>('reopening', activity, records);
  const taken = new Set(reopenings.flatMap(({ body }) => body.closings));
  const closings = counting<ClosingBody>('closing', activity, records);
  return inOrder(closings.filter(({ id }) => !taken.has(id)));
}
