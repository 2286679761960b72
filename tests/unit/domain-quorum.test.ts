/** Whether enough are there to decide something: a table of cases with the article of each. */
import { describe, expect, it } from 'vitest';
import type { CheckInState, Quorum } from '#domain/bodies/attendance.ts';
import type { MemberState, Membership } from '#domain/bodies/people.ts';
import { judgeQuorum, QUORUM_RULES } from '#domain/quorum.ts';
import type { RollEntry } from '#domain/roll.ts';
import type { RosterMember } from '#domain/roster.ts';
import { NO_STANDING } from '#domain/standing.ts';

const member = (person: string, more: Partial<RosterMember> = {}): RosterMember => ({
  ...NO_STANDING,
  ...{ person, names: { hans: person }, group: null, byName: null, namesake: false },
  ...{ card: `CARD${person}`, role: null, roleSince: null },
  ...more,
});

/** So many people of one kind, and how the roll has them. */
interface Some {
  n: number;
  membership?: Membership;
  standing?: MemberState;
  state?: CheckInState;
  doubtful?: true;
}

function people(groups: Some[]) {
  const roll = new Map<string, RollEntry>();
  const members = groups.flatMap((some, at) =>
    Array.from({ length: some.n }, (_, i) => {
      const { membership = 'full', standing: state = 'listed' } = some;
      const one = member(`${at}-${i}`, { membership, state });
      if (some.state) roll.set(one.person, line(one.person, some.state, some.doubtful));
      return one;
    }),
  );
  return { members, roll };
}

const line = (subject: string, state: CheckInState, toConfirm = false): RollEntry => ({
  ...{ subject, state, how: 'tap', record: `r-${subject}`, heads: [`r-${subject}`] },
  ...{ at: 0, toConfirm, confirm: null },
});

/** Who is there, and what the rule makes of it: who may vote, how many of them are there, how many it takes. */
const CASES: [string, Quorum, Some[], [number, number, number, boolean]][] = [
  // 支部工作條例（2018）第十一條：半數以上有表決權的黨員到會. 以上 takes the number itself in.
  [
    'half of an even number is enough',
    'vote',
    [{ n: 17, state: 'present' }, { n: 17 }],
    [34, 17, 17, true],
  ],
  [
    'one less than half is not',
    'vote',
    [{ n: 16, state: 'present' }, { n: 18 }],
    [34, 16, 17, false],
  ],
  [
    'of an odd number the larger half',
    'vote',
    [{ n: 16, state: 'present' }, { n: 17 }],
    [33, 16, 17, false],
  ],
  ['a branch of three', 'vote', [{ n: 2, state: 'present' }, { n: 1 }], [3, 2, 2, true]],
  [
    '預備黨員 have no vote: on neither side',
    'vote',
    [{ n: 5, state: 'present' }, { n: 5 }, { n: 9, membership: 'probationary', state: 'present' }],
    [10, 5, 5, true],
  ],
  [
    '線上 is told apart and is not there',
    'vote',
    [
      { n: 4, state: 'present' },
      { n: 6, state: 'online' },
    ],
    [10, 4, 5, false],
  ],
  [
    '請假 stays among those who should come',
    'vote',
    [
      { n: 4, state: 'present' },
      { n: 6, state: 'leave' },
    ],
    [10, 4, 5, false],
  ],
  [
    '可不到會 is not waited for',
    'vote',
    [{ n: 5, state: 'present' }, { n: 5 }, { n: 9, standing: 'excused' }],
    [10, 5, 5, true],
  ],
  [
    'and votes who came all the same',
    'vote',
    [{ n: 5, state: 'present' }, { n: 6 }, { n: 1, standing: 'excused', state: 'present' }],
    [12, 6, 6, true],
  ],
  [
    '可不到會 of this once lowers no number',
    'vote',
    [
      { n: 4, state: 'present' },
      { n: 6, state: 'excused' },
    ],
    [10, 4, 5, false],
  ],
  [
    'a line that two desks disagree about waits for a person',
    'vote',
    [{ n: 4, state: 'present' }, { n: 1, state: 'present', doubtful: true }, { n: 5 }],
    [10, 4, 5, false],
  ],
  // 基層組織選舉工作條例（2020）：有選舉權的到會人數不少於應到會人數的五分之四；第五條：預備黨員沒有選舉權.
  [
    'four fifths to the man',
    'election',
    [{ n: 28, state: 'present' }, { n: 7 }],
    [35, 28, 28, true],
  ],
  [
    'one short of four fifths',
    'election',
    [{ n: 27, state: 'present' }, { n: 8 }],
    [35, 27, 28, false],
  ],
  [
    'four fifths are rounded up',
    'election',
    [{ n: 27, state: 'present' }, { n: 6 }],
    [33, 27, 27, true],
  ],
  [
    'an election without 預備黨員',
    'election',
    [{ n: 8, state: 'present' }, { n: 2 }, { n: 3, membership: 'probationary' }],
    [10, 8, 8, true],
  ],
];

describe('a quorum', () => {
  it.each(CASES)('%s (%s)', (_, quorum, groups, [mayVote, there, needed, met]) => {
    const judged = judgeQuorum(quorum, people(groups));
    expect(judged).toMatchObject({ rule: quorum, mayVote, there, needed, met });
    expect(judged?.short).toBe(Math.max(0, needed - there));
  });

  it('is carried by more than half of those who should come and may vote, not of those who came', () => {
    // 第十一條：贊成人數超過應到會有表決權的黨員的半數.
    const of = (n: number) => judgeQuorum('vote', people([{ n, state: 'present' }]))?.carries;
    expect([of(34), of(33), of(3)]).toEqual([18, 17, 2]);
  });

  it('is nothing to judge where nothing is decided, or nobody has a vote', () => {
    expect(judgeQuorum('none', people([{ n: 9 }]))).toBeNull();
    expect(judgeQuorum('vote', people([{ n: 2, membership: 'probationary' }]))).toBeNull();
  });

  it('takes 線上 for there only where the county says so', () => {
    const who = people([
      { n: 4, state: 'present' },
      { n: 6, state: 'online' },
    ]);
    const county = { ...QUORUM_RULES, vote: { ...QUORUM_RULES.vote, onlineCounts: true } };
    expect(judgeQuorum('vote', who, county)).toMatchObject({ there: 10, met: true });
    expect(Object.values(QUORUM_RULES).some(({ onlineCounts }) => onlineCounts)).toBe(false);
  });

  it('counts those on paper alone by number, and never more of them than there are', () => {
    const who = people([{ n: 4, state: 'present' }, { n: 5 }]);
    const judged = judgeQuorum('vote', { ...who, paper: { people: 3, here: 2 } });
    expect(judged).toMatchObject({ mayVote: 12, there: 6, needed: 6, met: true });
    const over = judgeQuorum('vote', { ...who, paper: { people: 1, here: 9 } });
    expect(over).toMatchObject({ mayVote: 10, there: 5 });
  });

  it('says where each rule is from, and which version of it this is', () => {
    for (const rule of Object.values(QUORUM_RULES)) {
      expect(rule.source).toMatch(/条例.*第.+条/);
      expect(rule.version).toBeGreaterThan(0);
    }
  });
});
