/** The kinds of meeting: who should come, who stands where in the roll, and what is counted. */
import { describe, expect, it } from 'vitest';
import { ACTIVITY_TYPES, type CheckInState } from '#domain/bodies/attendance.ts';
import {
  ACTIVITY_RULES,
  ruleOf,
  creditHours,
  expectedOf,
  OFFERED_TYPES,
  TYPES_VERSION,
} from '#domain/activity-types.ts';
import { foldExclusions } from '#domain/exclusions.ts';
import { foldPaper } from '#domain/paper.ts';
import { countOf, expectedCount, partsOf, quorumOf, type RollHeld } from '#domain/roll-parts.ts';
import type { RollEntry } from '#domain/roll.ts';
import type { RosterMember } from '#domain/roster.ts';
import { NO_STANDING } from '#domain/standing.ts';

const member = (person: string, more: Partial<RosterMember> = {}): RosterMember => ({
  ...NO_STANDING,
  ...{ person, names: { hans: person }, group: null, byName: null, namesake: false },
  ...{ card: `CARD${person}`, role: null, roleSince: null },
  ...more,
});

const line = (subject: string, state: CheckInState): RollEntry => ({
  ...{ subject, state, how: 'tap', record: `r-${subject}`, heads: [`r-${subject}`] },
  ...{ at: 0, toConfirm: false, confirm: null },
});

const base = { author: 's', n: 1, at: 0, day: '2026-11-26', subject: null as string | null };
let made = 0;
const record = (kind: string, body: unknown, more: object = {}) => {
  made += 1;
  return { ...base, id: `r${made}`, seq: made, kind, body, ...more };
};
const held = (more: Partial<RollHeld>): RollHeld => ({
  ...{ activity: { type: 'members-meeting', quorum: 'vote' }, roster: [], roll: new Map() },
  ...{ erased: new Set(), exclusions: new Map(), paper: { people: 0, here: 0 } },
  ...more,
});

describe('who should come', () => {
  const roster = [
    member('secretary', { role: 'secretary', group: '一组' }),
    member('committee', { role: 'committee', group: '二组' }),
    member('plain', { group: '一组' }),
    member('probationary', { group: '二组', membership: 'probationary' }),
    member('away', { state: 'migrant', group: '二组' }),
    member('ill', { state: 'excused', group: '一组' }),
    member('gone', { state: 'unlisted', group: '一组' }),
  ];
  const comes = (type: (typeof ACTIVITY_TYPES)[number], group?: string) =>
    expectedOf({ type, ...(group ? { group } : {}) }, roster, {
      exclusions: new Map([['committee', {}]]),
    }).map(({ person }) => person);

  it('is everybody, the committee, one group or the migrants, by the kind of meeting', () => {
    expect(comes('members-meeting')).toEqual(['secretary', 'plain', 'probationary', 'away']);
    expect(comes('committee-meeting')).toEqual(['secretary']);
    expect(comes('group-meeting', '一组')).toEqual(['secretary', 'plain']);
    expect(comes('migrant-session')).toEqual(['away']);
    expect(comes('volunteering')).toEqual([]);
  });

  it('whoever is tapped without being expected stands apart, and in no number', () => {
    const roll = new Map(['plain', 'secretary'].map((one) => [one, line(one, 'present')]));
    const of = held({ activity: { type: 'committee-meeting', quorum: 'vote' }, roster, roll });
    expect(partsOf(of).beside.map(({ person }) => person)).toEqual(['plain']);
    expect(countOf(of)).toMatchObject({ present: 1, open: 1 });
    expect(expectedCount(of)).toBe(2);
    expect(quorumOf(of)).toMatchObject({ mayVote: 2, there: 1, needed: 1, met: true });
  });

  it('a decision takes somebody out with whoever approved it, until it is taken back', () => {
    const out = record(
      'exclusion',
      { activity: 'm', excluded: true, by: '支委会' },
      { subject: 'plain' },
    );
    const waiting = { ...out, id: 'w', subject: 'away', confirm: 'unsealed' };
    const folded = foldExclusions('m', [out, waiting]);
    expect([...folded]).toEqual([['plain', { record: out.id, by: '支委会' }]]);
    const of = held({ roster, exclusions: folded });
    expect(quorumOf(of)?.mayVote).toBe(3);
    expect(partsOf(of).called.map(({ person }) => person)).toContain('plain');
    const back = record('exclusion', { activity: 'm', excluded: false }, { subject: 'plain' });
    expect(foldExclusions('m', [back, out]).size).toBe(0);
    expect(foldExclusions('other', [out]).size).toBe(0);
  });

  it('a line whose name was erased is in the count and on neither side of a decision', () => {
    const roll = new Map(['plain', 'nobody'].map((one) => [one, line(one, 'present')]));
    const of = held({ roster: [member('plain'), member('b')], roll, erased: new Set(['nobody']) });
    expect(countOf(of)).toMatchObject({ present: 2, open: 1 });
    expect(quorumOf(of)).toMatchObject({ mayVote: 2, there: 1 });
  });

  it('those on paper alone are a number of the branch, and another of each meeting', () => {
    const records = [
      record('paper-people', { people: 3 }),
      record('paper-count', { activity: 'm', here: 1 }),
      record('paper-count', { activity: 'other', here: 3 }),
      record('paper-count', { activity: 'm', here: 2 }),
      record('paper-count', { activity: 'm', here: 9 }, { confirm: 'unsealed' }),
    ];
    expect(foldPaper('m', records)).toEqual({ people: 3, here: 2 });
    expect(expectedCount(held({ roster, paper: { people: 3, here: 2 } }))).toBe(8);
  });
});

describe('the kinds of meeting', () => {
  it('are all in the table, each with its source, and offered once', () => {
    expect(Object.keys(ACTIVITY_RULES).sort()).toEqual([...ACTIVITY_TYPES].sort());
    expect([...OFFERED_TYPES].sort()).toEqual([...ACTIVITY_TYPES].sort());
    for (const { source, quorums, usual } of Object.values(ACTIVITY_RULES)) {
      expect(source).not.toBe('');
      expect(quorums).toContain(usual);
    }
    expect(TYPES_VERSION).toBe(1);
  });

  it('志願服務 and 紅色路線 are one entry by whoever organised them', () => {
    const entries = ACTIVITY_TYPES.filter((type) => ACTIVITY_RULES[type].groupEntry);
    expect(entries).toEqual(['volunteering', 'red-route']);
  });

  it('an hour is one credit hour, half a day four, a day eight, unless the county says otherwise', () => {
    expect(
      ['lecture', 'volunteering', 'training'].map((type) => creditHours(type as 'lecture')),
    ).toEqual([1, 4, 8]);
    expect(creditHours('lecture', { lecture: 2 })).toBe(2);
  });

  it('takes a type of a later version for any other activity', () => {
    expect(ruleOf('torch-run' as 'lecture')).toBe(ACTIVITY_RULES.other);
  });
});
