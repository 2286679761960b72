/** Who stands where in the roll of an activity, and who is in its numbers: one answer for every screen and sheet. */
import type { Activity } from './activities.ts';
import { ruleOf, calledOf, expectedOf } from './activity-types.ts';
import type { Exclusion } from './exclusions.ts';
import type { Paper } from './paper.ts';
import { judgeQuorum, type QuorumState } from './quorum.ts';
import { countRoll, type RollCount, type RollEntry } from './roll.ts';
import type { RosterMember } from './roster.ts';

/** What an activity's numbers are made of. */
export interface RollHeld {
  activity: Pick<Activity, 'type' | 'group' | 'quorum'>;
  roster: readonly RosterMember[];
  roll: Map<string, RollEntry>;
  erased: ReadonlySet<string>;
  exclusions: ReadonlyMap<string, Exclusion>;
  paper: Paper;
}

export interface RollParts {
  /** Whose names are called, in roster order; whoever is taken out keeps the row. */
  called: RosterMember[];
  /** Not expected, and tapped all the same (列席): in none of the numbers. */
  beside: RosterMember[];
  /** Neither. */
  rest: RosterMember[];
}

/** Everybody on the roster, each in one part. */
export function partsOf({ activity, roster, roll }: RollHeld): RollParts {
  const called = calledOf(activity, roster);
  const names = new Set(called.map(({ person }) => person));
  const others = roster.filter(({ person }) => !names.has(person));
  const isTapped = ({ person }: RosterMember) => {
    const line = roll.get(person);
    return line !== undefined && (line.state !== 'none' || line.toConfirm);
  };
  return {
    called,
    beside: others.filter(isTapped),
    rest: others.filter((one) => !isTapped(one) && one.state !== 'unlisted'),
  };
}

/** The numbers of the roll: of those whose names are called and nobody has taken out; 0 while it is read. */
export function countOf(held: RollHeld | null | undefined): RollCount {
  if (!held) return countRoll([], new Map());
  return countRoll(countedOf(held), held.roll, held.erased, held.roster);
}

/** How many came to the hall (到): names and those on paper alone; 線上 is apart. As 應到 has both, so has this. */
export function hereCount(held: RollHeld): number {
  return countOf(held).present + paperOf(held).here;
}

/** How many should come (應到會), those on paper alone included; 0 where whoever likes may come. */
export function expectedCount(held: RollHeld): number {
  const { activity, roster, exclusions } = held;
  return expectedOf(activity, roster, { exclusions }).length + paperOf(held).people;
}

/** Whether enough are there to decide what this meeting was opened for; null where it is for nothing. */
export function quorumOf(held: RollHeld): QuorumState | null {
  const who = { members: countedOf(held), roll: held.roll, paper: paperOf(held) };
  return judgeQuorum(held.activity.quorum ?? 'none', who);
}

/** Those on paper alone are of the whole branch: of its committee or of one group nobody is. */
function paperOf({ activity, paper }: RollHeld): Paper {
  const all = ruleOf(activity.type).expected === 'everybody';
  return all ? paper : { people: 0, here: 0 };
}

function countedOf({ activity, roster, exclusions }: RollHeld): RosterMember[] {
  return calledOf(activity, roster).filter(({ person }) => !exclusions.has(person));
}
