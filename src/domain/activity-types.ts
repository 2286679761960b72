/**
 * What each kind of meeting asks: who should come, whether something may be decided, how it is entered,
 * how many credit hours it is by default. Data, each line with the rule that it comes from; a changed
 * line raises the version. What a county does otherwise comes beside it, never into a screen.
 */
import { ACTIVITY_TYPES, type ActivityType, type Quorum } from './bodies/attendance.ts';
import type { Activity } from './activities.ts';
import type { RosterMember } from './roster.ts';

/** Of the table below; a changed line raises it. */
export const TYPES_VERSION = 1;

/** Who should come (應到會). whoever: nobody is waited for, and nobody is missing. */
export type Expected = 'everybody' | 'committee' | 'group' | 'migrants' | 'whoever';

export interface ActivityRule {
  expected: Expected;
  /** What may be chosen when it is opened, and which of them it is unless somebody says otherwise. */
  quorums: readonly [Quorum, ...Quorum[]];
  usual: Quorum;
  /** Entered as one by whoever organised it: no hall code, no own proof, no clock, no track. */
  groupEntry: boolean;
  lasts: keyof typeof CREDIT_HOURS;
  /** The regulation and its article; of what no rule asks for, where it comes from. */
  source: string;
}

/**
 * Credit hours by default: an hour is 1, half a day 4, a day 8 (PRODUCT.md, domain rules: the
 * conversion is the county's own).
 */
export const CREDIT_HOURS = { hour: 1, 'half-day': 4, day: 8 } as const;

/** 《中国共产党支部工作条例（试行）》, 2018. */
const BRANCH_WORK = '支部工作条例（2018）';
/** 《中国共产党党员教育管理工作条例》, 2019. */
const EDUCATION = '党员教育管理工作条例（2019）';
const REPORT = '报告';

/** Nothing is decided there. */
const NO_QUORUM = { quorums: ['none'], usual: 'none' } as const;
const MEETING = { ...NO_QUORUM, groupEntry: false, lasts: 'hour' } as const;
const GROUP_ENTRY: ActivityRule = {
  ...{ ...NO_QUORUM, expected: 'whoever', groupEntry: true, lasts: 'half-day', source: REPORT },
};

export const ACTIVITY_RULES: Readonly<Record<ActivityType, ActivityRule>> = {
  'theme-day': { ...MEETING, expected: 'everybody', source: `${BRANCH_WORK}第十六条` },
  'members-meeting': {
    ...{ ...MEETING, expected: 'everybody', source: `${BRANCH_WORK}第十一条` },
    quorums: ['none', 'vote', 'election'],
  },
  // 须有半数以上委员到会方可进行: nothing to choose.
  'committee-meeting': {
    ...{ ...MEETING, expected: 'committee', source: `${BRANCH_WORK}第十二条` },
    ...{ quorums: ['vote'], usual: 'vote' },
  },
  'group-meeting': { ...MEETING, expected: 'group', source: `${BRANCH_WORK}第十三条` },
  lecture: { ...MEETING, expected: 'everybody', source: `${BRANCH_WORK}第十六条` },
  'organisation-life': { ...MEETING, expected: 'everybody', source: `${BRANCH_WORK}第十七条` },
  'migrant-session': {
    ...{ ...MEETING, expected: 'migrants', source: `${EDUCATION}第三十二条` },
  },
  other: { ...MEETING, expected: 'everybody', source: REPORT },
  'work-meeting': { ...MEETING, expected: 'committee', source: REPORT },
  'organisers-talk': { ...MEETING, expected: 'whoever', source: REPORT },
  training: {
    ...{ ...MEETING, expected: 'whoever', lasts: 'day', source: `${EDUCATION}第二十条` },
  },
  volunteering: GROUP_ENTRY,
  'red-route': GROUP_ENTRY,
};

/** The rule of a type; of one that a later version has added, what holds of any other activity. */
export function ruleOf(type: ActivityType): ActivityRule {
  const rules: Partial<Record<string, ActivityRule>> = ACTIVITY_RULES;
  return rules[type] ?? ACTIVITY_RULES.other;
}

/** The types in the order in which branches hold them most; what has no word of its own comes last. */
export const OFFERED_TYPES: readonly ActivityType[] = [
  ...ACTIVITY_TYPES.filter((type) => type !== 'other'),
  'other',
];

/** Credit hours of one activity; `county`: what the county converts otherwise. */
export function creditHours(
  type: ActivityType,
  county: Partial<Record<ActivityType, number>> = {},
): number {
  return county[type] ?? CREDIT_HOURS[ruleOf(type).lasts];
}

type Of = Pick<Activity, 'type' | 'group'>;

/**
 * Whose names its roll is called by, whether or not they should come: whoever is 可不到會 or taken out
 * keeps the row. A group's meeting that names no group is everybody's.
 */
export function calledOf<M extends RosterMember>(activity: Of, roster: readonly M[]): M[] {
  const { expected } = ruleOf(activity.type);
  return roster.filter((member) => {
    if (member.state === 'unlisted') return false;
    if (expected === 'committee') return member.role !== null;
    if (expected === 'migrants') return member.state === 'migrant';
    if (expected === 'group' && activity.group) return member.group === activity.group;
    return true;
  });
}

/**
 * Who should come (應到會): not who is 可不到會, nor whom the branch has taken out. 預備黨員 should come
 * and do not vote (quorum.ts). Nobody where whoever likes may come.
 */
export function expectedOf<M extends RosterMember>(
  activity: Of,
  roster: readonly M[],
  { exclusions }: { exclusions: { has(person: string): boolean } },
): M[] {
  if (ruleOf(activity.type).expected === 'whoever') return [];
  return calledOf(activity, roster).filter(
    ({ person, state }) => state !== 'excused' && !exclusions.has(person),
  );
}
