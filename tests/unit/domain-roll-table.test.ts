import { describe, expect, it } from 'vitest';
import type { CheckInState } from '#domain/bodies/attendance.ts';
import { checkCodeOf } from '#domain/check-code.ts';
import { checkedRoll, rollTable } from '#domain/roll-table.ts';
import { entryOf, guestOf, memberOf, sourceOf } from '#tests/support/roll-sources.ts';

describe('a roll as a table', () => {
  it('is in the order of the roster, with an empty state where nobody has said anything', () => {
    const roster = [memberOf(1, { group: '一组' }), memberOf(2), memberOf(3, { state: 'excused' })];
    const source = sourceOf({ roster, roll: [entryOf(2, 'online')] });
    expect(rollTable(source).lines.map(({ number, state, record }) => [number, state, record]))
      // Whoever is 可不到会 is no gap, and has no line of the roll all the same.
      .toEqual([
        [1, 'none', null],
        [2, 'online', entryOf(2, 'online').record],
        [3, 'excused', null],
      ]);
  });

  it('counts as the rules of its kind do', () => {
    const roster = [memberOf(1), memberOf(2, { state: 'excused' }), memberOf(3), memberOf(4)];
    const roll = [entryOf(1, 'present'), entryOf(3, 'excused'), entryOf(4, 'leave')];
    expect(rollTable(sourceOf({ roster, roll }))).toMatchObject({
      count: { present: 1, leave: 1, excused: 1, open: 0 },
      quorum: null,
    });
  });

  it('says who was taken out of those who should come, and which line was amended', () => {
    const source = sourceOf({ roster: [memberOf(1), memberOf(2)] });
    const { person } = memberOf(2);
    const exclusions = new Map([[person, { record: 'r', by: '支委会' }]]);
    const table = rollTable({ ...source, exclusions, amended: new Set([person]) });
    expect(table.expected).toBe(1);
    expect(table.lines[1]).toMatchObject({ excluded: true, amended: true });
  });

  it('has blank lines for those on paper alone where the whole branch should come', () => {
    const source = { ...sourceOf({ roster: [memberOf(1)] }), paper: { people: 3, here: 0 } };
    expect(rollTable(source)).toMatchObject({ paperLines: 3, expected: 4 });
    const group = { ...source.activity, type: 'group-meeting', group: '一组' } as const;
    expect(rollTable({ ...source, activity: group }).paperLines).toBe(0);
  });

  it('counts who is in the hall as it counts who should come: with paper, without 线上', () => {
    const roll = [entryOf(1, 'present'), entryOf(2, 'online'), entryOf(3, 'leave')];
    const source = {
      ...sourceOf({ roster: [memberOf(1), memberOf(2), memberOf(3)], roll }),
      paper: { people: 2, here: 1 },
    };
    expect(rollTable(source)).toMatchObject({ here: 2, expected: 5 });
    const group = { ...source.activity, type: 'group-meeting' } as const;
    expect(rollTable({ ...source, activity: group }).here).toBe(1);
  });

  it('keeps guests out of the numbers, and the line of an erased name in them', () => {
    const table = rollTable(
      sourceOf({
        roster: [memberOf(1)],
        seconds: [guestOf(7, 'double')],
        roll: [entryOf(1, 'present'), entryOf(7, 'present'), entryOf(9, 'present')],
        erased: [9],
      }),
    );
    expect(table).toMatchObject({ expected: 1, guests: 1, count: { present: 2 } });
    expect(table.lines.map(({ part, number }) => [part, number])).toEqual([
      ['own', 1],
      ['double', null],
      ['nameless', null],
    ]);
    expect(table.lines[2]?.names).toBeNull();
  });

  it('holds of a group’s meeting the group, and whoever else came', () => {
    const roster = [
      memberOf(1, { group: '一组' }),
      memberOf(2, { group: '二组' }),
      memberOf(3, { group: '二组' }),
    ];
    const source = sourceOf({ roster, roll: [entryOf(3, 'present')] });
    const table = rollTable({
      ...source,
      activity: { ...source.activity, type: 'group-meeting', group: '一组' },
    });
    expect(table.lines.map(({ person }) => person)).toEqual([
      memberOf(1).person,
      memberOf(3).person,
    ]);
  });

  it('has no check code while it is open, and afterwards that of everybody who was called', () => {
    const states: CheckInState[] = ['present', 'none', 'leave'];
    const roll = states.map((state, at) => entryOf(at + 1, state));
    const source = sourceOf({ roster: [1, 2, 3].map((n) => memberOf(n)), roll });
    expect(checkedRoll(rollTable(source))).toBeNull();
    const closed = checkedRoll(
      rollTable({ ...source, headcount: 5, paper: { people: 3, here: 2 } }),
    );
    expect(closed && checkCodeOf(closed)).toBe(
      checkCodeOf({
        ...{ activity: source.activity.id, headcount: 5, paper: 2 },
        lines: roll.map(({ subject, state, record }) => ({ person: subject, state, record })),
      }),
    );
  });
});
