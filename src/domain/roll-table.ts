/**
 * One roll as a table: what every print and export of it is made from, so that one entry fills every
 * form. In the order of the roster, never by who came how often; a person of whom nobody has said
 * anything has an empty state, never a word for it. No cause stands anywhere.
 */
import type { Activity } from './activities.ts';
import { ruleOf } from './activity-types.ts';
import type { CheckInState } from './bodies/attendance.ts';
import type { Membership } from './bodies/people.ts';
import type { Names } from './bodies/shared.ts';
import type { CheckedRoll } from './check-code.ts';
import type { QuorumState } from './quorum.ts';
import {
  countOf,
  expectedCount,
  hereCount,
  partsOf,
  quorumOf,
  type RollHeld,
} from './roll-parts.ts';
import type { RollCount, RollEntry } from './roll.ts';
import type { RosterMember } from './roster.ts';
import type { SecondMember } from './seconds.ts';

/** What the phone knows of one activity (data/activity-view.ts), and what was said on closing. */
export interface RollSource extends RollHeld {
  activity: Activity;
  /** Other branches' people who report here: in none of the numbers. */
  seconds: readonly SecondMember[];
  /** How many were counted in the hall; null while the roll is open. */
  headcount: number | null;
  /** 事後補錄, with the reason where one was given; null where it was kept on its day. */
  late: { reason: string | null } | null;
  /** Whose lines were changed since it was closed, and nobody else has looked at yet (更正). */
  amended?: ReadonlySet<string>;
}

/**
 * own: whose names are called · beside: came without being expected (列席) · double, migrant: reports here
 * and is another branch's · nameless: the name was erased, the line counts · other: of nobody whom this
 * phone knows, for the check code alone.
 */
type LinePart = 'own' | 'beside' | 'double' | 'migrant' | 'nameless' | 'other';

export interface RollLine {
  part: LinePart;
  /** Its place among the branch's own, from 1; null of everybody else. */
  number: number | null;
  /** As they were typed; null where nobody knows any more. */
  names: Names | null;
  byName: string | null;
  namesake: boolean;
  group: string | null;
  membership: Membership | null;
  /** `none`: nobody has said. */
  state: CheckInState;
  how: RollEntry['how'] | null;
  toConfirm: boolean;
  /** Taken out of those who should come, by a decision of the branch. */
  excluded: boolean;
  amended: boolean;
  /** Member id (編號). */
  person: string;
  /** Id of the check-in that stands; null where there is none. */
  record: string | null;
}

export interface RollTable {
  activity: Activity;
  lines: RollLine[];
  /** 應到; 0 where whoever likes may come. */
  expected: number;
  /** 到: in the hall, those on paper alone included. */
  here: number;
  count: RollCount;
  quorum: QuorumState | null;
  /** Other branches' people who came. */
  guests: number;
  paper: RollSource['paper'];
  /** So many blank lines has the printed sheet for those on paper alone: none where they are not asked. */
  paperLines: number;
  headcount: number | null;
  late: RollSource['late'];
}

/** The table of one roll. */
export function rollTable(source: RollSource): RollTable {
  const { activity, roll, erased, paper, headcount, late } = source;
  const { called, beside } = partsOf(source);
  const own = [...called, ...beside].map((member, at) =>
    lineOf(source, member, { part: at < called.length ? 'own' : 'beside', number: at + 1 }),
  );
  const guests = source.seconds.map((member) =>
    lineOf(source, member, { part: member.as, number: null }),
  );
  const named = new Set([...own, ...guests].map(({ person }) => person));
  const rest = [...roll.values()]
    .filter(({ subject, state }) => state !== 'none' && !named.has(subject))
    .sort((a, b) => (a.record < b.record ? -1 : 1))
    .map((entry) => namelessLine(entry, erased.has(entry.subject) ? 'nameless' : 'other'));
  return {
    ...{ activity, paper, headcount, late },
    lines: [...own, ...guests, ...rest],
    expected: expectedCount(source),
    here: hereCount(source),
    count: countOf(source),
    quorum: quorumOf(source),
    guests: guests.filter(({ state }) => state === 'present' || state === 'online').length,
    paperLines: ruleOf(activity.type).expected === 'everybody' ? paper.people : 0,
  };
}

/** What the check code of the roll is computed from; null while the roll is open. */
export function checkedRoll(table: RollTable): CheckedRoll | null {
  const { activity, headcount, paper, lines } = table;
  if (headcount === null) return null;
  return {
    activity: activity.id,
    headcount,
    paper: paper.here,
    lines: lines.flatMap(({ person, state, record }) =>
      record ? [{ person, state, record }] : [],
    ),
  };
}

function lineOf(
  { roll, exclusions, amended }: RollSource,
  member: RosterMember,
  place: Pick<RollLine, 'part' | 'number'>,
): RollLine {
  const { person, names, byName, namesake, group, membership } = member;
  const entry = roll.get(person);
  const said = entry && entry.state !== 'none' ? entry : null;
  return {
    ...place,
    ...{ person, names, byName, namesake, group, membership },
    // Whoever is 可不到會 is never a gap in the sheet.
    state: said?.state ?? (member.state === 'excused' ? 'excused' : 'none'),
    how: said?.how ?? null,
    toConfirm: entry?.toConfirm ?? false,
    excluded: exclusions.has(person),
    amended: amended?.has(person) ?? false,
    record: said?.record ?? null,
  };
}

function namelessLine(
  { subject, state, how, toConfirm, record }: RollEntry,
  part: LinePart,
): RollLine {
  const nobody = { names: null, byName: null, namesake: false, group: null, membership: null };
  const marks = { toConfirm, excluded: false, amended: false };
  return { part, number: null, ...nobody, ...marks, state, how, person: subject, record };
}
