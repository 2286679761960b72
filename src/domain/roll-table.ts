/**
 * One roll as a table: what every print and export of it is made from, so that one entry fills every
 * form. In the order of the roster, never by who came how often; a person of whom nobody has said
 * anything has an empty state, never a word for it. No cause stands anywhere.
 */
import type { Activity } from './activities.ts';
import type { CheckInState } from './bodies/attendance.ts';
import type { Membership } from './bodies/people.ts';
import type { Names } from './bodies/shared.ts';
import type { CheckedRoll } from './check-code.ts';
import { countRoll, type RollCount, type RollEntry } from './roll.ts';
import type { RosterMember } from './roster.ts';
import type { SecondMember } from './seconds.ts';

/** What the phone knows of one activity (data/activity-view.ts), and what was said on closing. */
export interface RollSource {
  activity: Activity;
  /** As of the day of the activity. */
  roster: readonly RosterMember[];
  /** Other branches' people who report here: in none of the numbers. */
  seconds: readonly SecondMember[];
  roll: ReadonlyMap<string, RollEntry>;
  /** Who had a name here that was erased: their lines still count. */
  erased: ReadonlySet<string>;
  /** How many are kept on paper alone, and how many of them came. */
  paper: { people: number; here: number };
  /** How many were counted in the hall; null while the roll is open. */
  headcount: number | null;
  /** 事後補錄, with the reason where one was given; null where it was kept on its day. */
  late: { reason: string | null } | null;
  /** 應到, where the rules of the kind say it; left out: everybody who is not 可不到會. */
  expected?: number | undefined;
}

/**
 * own: of the branch · double, migrant: reports here and is another branch's · nameless: the name was
 * erased, the line counts · other: of nobody this phone knows, for the check code alone.
 */
export type LinePart = 'own' | 'double' | 'migrant' | 'nameless' | 'other';

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
  /** Member id (編號). */
  person: string;
  /** Id of the check-in that stands; null where there is none. */
  record: string | null;
}

export interface RollTable {
  activity: Activity;
  lines: RollLine[];
  /** 應到. */
  expected: number;
  count: RollCount;
  /** Guests who came. */
  guests: number;
  paper: RollSource['paper'];
  headcount: number | null;
  late: RollSource['late'];
}

/** The table of one roll. Of a group's meeting it holds that group, and whoever else was called. */
export function rollTable(source: RollSource): RollTable {
  const { activity, roll, erased, paper, headcount, late } = source;
  const isCalled = (person: string) => (roll.get(person)?.state ?? 'none') !== 'none';
  const roster = source.roster.filter(
    ({ group, person }) => !activity.group || group === activity.group || isCalled(person),
  );
  const count = countRoll(roster, new Map(roll), erased);
  const own = roster.map((member, at) => lineOf(member, roll, { part: 'own', number: at + 1 }));
  const guests = source.seconds.map((member) =>
    lineOf(member, roll, { part: member.as, number: null }),
  );
  const named = new Set([...own, ...guests].map(({ person }) => person));
  const rest = [...roll.values()]
    .filter(({ subject, state }) => state !== 'none' && !named.has(subject))
    .sort((a, b) => (a.record < b.record ? -1 : 1))
    .map((entry) => namelessLine(entry, erased.has(entry.subject) ? 'nameless' : 'other'));
  return {
    ...{ activity, count, paper, headcount, late },
    lines: [...own, ...guests, ...rest],
    expected: source.expected ?? own.filter(({ state }) => state !== 'excused').length,
    guests: guests.filter(({ state }) => state === 'present' || state === 'online').length,
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
  member: RosterMember,
  roll: RollSource['roll'],
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
    record: said?.record ?? null,
  };
}

function namelessLine(
  { subject, state, how, toConfirm, record }: RollEntry,
  part: LinePart,
): RollLine {
  const nobody = { names: null, byName: null, namesake: false, group: null, membership: null };
  return { part, number: null, ...nobody, state, how, toConfirm, person: subject, record };
}
