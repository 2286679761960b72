/**
 * 更正: what a roll says otherwise than when it was closed. It counts at once, nobody is asked before, and
 * another person of the desk looks at it afterwards, never whoever wrote it. What was put back to what it was
 * needs nobody.
 */
import type { CheckInState } from './bodies/attendance.ts';
import type { DecisionBody } from './bodies/decision.ts';
import type { LookedBody } from './bodies/closing.ts';
import { DECISION_KIND } from './decisions.ts';
import { inOrder, readable } from './fold.ts';
import type { HallCount } from './hall-count.ts';
import { counting, type MeetingRecord } from './meeting-records.ts';
import { waits } from './waits.ts';

/** A record that made a line what it is. */
export interface Amendment {
  record: string;
  by: string;
}

/** One line of the roll, or the number of those on paper, that was changed after closing. */
export interface AmendedLine {
  /** Whose line; null for the number of those on paper. */
  subject: string | null;
  /** A state of the roll; of those on paper how many. */
  was: CheckInState | number;
  is: CheckInState | number;
  /** At which nobody else has looked yet: 更正，待另一人看过. */
  open: Amendment[];
}

/** By whom else, if by anybody, a record that `by` wrote was looked at. */
export type Looks = (record: string, by: string) => string | null;

/** Who has looked at what, of one activity; a look at one's own counts for nothing. */
export function foldLooks(activity: string, records: readonly MeetingRecord[]): Looks {
  const looks = inOrder(counting<LookedBody>('looked', activity, records));
  return (record, by) =>
    looks.find((look) => look.author !== by && look.body.records.includes(record))?.author ?? null;
}

/** A hall when it was closed, and as it stands. */
export interface BeforeAndAfter {
  held: HallCount;
  now: HallCount;
}

/** The lines that are otherwise than when it was closed, in no promised order. */
export function amendedLines(
  activity: string,
  { held, now }: BeforeAndAfter,
  records: readonly MeetingRecord[],
): AmendedLine[] {
  const looks = foldLooks(activity, records);
  const isOpen = ({ record, by }: Amendment) => looks(record, by) === null;
  const people = [...new Set([...held.roll.keys(), ...now.roll.keys()])];
  const lines = people.map((subject): AmendedLine => {
    const made = amendmentsOf(subject, { held, now }, records);
    return { subject, ...changeOf(subject, { held, now }), open: made.filter(isOpen) };
  });
  const paper = { subject: null, was: held.paper, is: now.paper };
  const counted = inOrder(counting('paper-count', activity, records)).slice(-1);
  const open = counted.map(({ id, author }) => ({ record: id, by: author })).filter(isOpen);
  return [...lines, { ...paper, open }].filter(({ was, is }) => was !== is);
}

function changeOf(subject: string, { held, now }: BeforeAndAfter) {
  const stateIn = ({ roll }: HallCount): CheckInState => roll.get(subject)?.state ?? 'none';
  return { was: stateIn(held), is: stateIn(now) };
}

/** The entries that stand and were not held, each by whoever wrote it, or by whoever let it count. */
function amendmentsOf(
  subject: string,
  { held, now }: BeforeAndAfter,
  records: readonly MeetingRecord[],
): Amendment[] {
  const before = new Set(held.roll.get(subject)?.heads);
  const heads = new Set(now.roll.get(subject)?.heads);
  const since = [...heads].filter((head) => !before.has(head));
  return since.flatMap((head) => {
    const decided = decisionOn(head, records);
    const entry = decided ?? records.find(({ id }) => id === head);
    return entry ? [{ record: entry.id, by: entry.author }] : [];
  });
}

function decisionOn(id: string, records: readonly MeetingRecord[]): MeetingRecord | undefined {
  const decisions = readable(records).filter(
    (record) =>
      record.kind === DECISION_KIND &&
      !waits(record) &&
      (record.body as DecisionBody).record === id,
  );
  return inOrder(decisions).pop();
}
