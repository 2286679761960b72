import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import * as v from 'valibot';
import { CHECK_IN_STATES, checkInBody, type CheckInBody } from '#domain/bodies/attendance.ts';
import type { Foldable } from '#domain/fold.ts';
import { checkInFor, countRoll, foldRoll } from '#domain/roll.ts';
import { findByCard, foldRoster } from '#domain/roster.ts';
import { testId } from '#tests/support/test-ledger.ts';

const activity = 'meeting';
let made = 0;
function entry(
  subject: string,
  state: CheckInBody['state'],
  more: Partial<Foldable<CheckInBody>> = {},
  replaces?: string,
) {
  made += 1;
  const body: CheckInBody = {
    activity,
    state,
    how: 'tap',
    ...(replaces ? { replaces: [replaces] } : {}),
  };
  const base = {
    id: `r${made}`,
    kind: 'check-in',
    subject,
    author: 'sec',
    seq: made,
    n: null,
    at: made,
    day: '2026-11-23',
  };
  return { ...base, body, ...more } as Foldable<CheckInBody>;
}

describe('a roll', () => {
  it('X-11 an entry that waits for a person marks its line, replaces nothing and counts for nothing', () => {
    const first = entry('a', 'present', { n: 1 });
    const late = entry('a', 'leave', { n: 2, confirm: 'after-revocation' }, first.id);
    const alone = entry('b', 'present', { n: 3, confirm: 'after-revocation' });
    const roll = foldRoll(activity, [first, late, alone]);
    expect(roll.get('a')).toMatchObject({ state: 'present', toConfirm: true, record: first.id });
    expect(roll.get('b')).toMatchObject({ state: 'none', toConfirm: true });
    expect(
      countRoll(
        ['a', 'b'].map((person) => ({ person, state: 'listed' })),
        roll,
      ),
    ).toMatchObject({
      present: 1,
      open: 1,
    });
    const body = checkInFor(activity, roll.get('b'), 'present', 'tap');
    expect(body?.replaces).toEqual([alone.id]);
    const decided = { ...entry('b', 'present', { n: 4 }), body: body! };
    expect(foldRoll(activity, [alone, decided]).get('b')).toMatchObject({
      ...{ state: 'present', toConfirm: false, heads: [decided.id] },
    });
  });

  it('I10 a line with more standing records than an entry may name is settled by taps all the same', () => {
    const said = Array.from({ length: 40 }, (_, at) =>
      entry('a', at % 2 ? 'present' : 'leave', { n: at + 1 }),
    ).map((one, at) => ({ ...one, id: testId(at + 1) }));
    let records: Foldable<CheckInBody>[] = said;
    for (let tap = 0; tap < 3; tap += 1) {
      const body = checkInFor(testId(900), foldRoll(activity, records).get('a'), 'present', 'tap');
      expect(v.is(checkInBody, body)).toBe(true);
      const tapped = { ...entry('a', 'present', { n: 50 + tap }), id: testId(500 + tap) };
      records = [...records, { ...tapped, body: { ...body!, activity } }];
    }
    expect(foldRoll(activity, records).get('a')).toMatchObject({
      ...{ state: 'present', toConfirm: false, heads: [testId(502)] },
    });
  });

  it('takes one tap as there and a tap again as undone', () => {
    const first = entry('a', 'present');
    const undo = entry('a', 'none', {}, first.id);
    expect(foldRoll(activity, [first]).get('a')?.state).toBe('present');
    const roll = foldRoll(activity, [first, undo]);
    expect(roll.get('a')).toMatchObject({ state: 'none', toConfirm: false, record: undo.id });
    expect(countRoll([{ person: 'a', state: 'listed' }], roll)).toEqual({
      present: 0,
      online: 0,
      leave: 0,
      excused: 0,
      open: 1,
    });
  });

  it('waits for a person when two desks disagree without knowing of each other', () => {
    const roll = foldRoll(activity, [
      entry('a', 'present', { n: 4 }),
      entry('a', 'leave', { n: 7 }),
    ]);
    expect(roll.get('a')).toMatchObject({ state: 'leave', toConfirm: true });
  });

  it('is settled by one tap that names every entry it decides on', () => {
    const records = [
      entry('a', 'present', { n: 4 }),
      entry('a', 'leave', { n: 7 }),
      entry('a', 'leave', { n: 8 }),
    ];
    const doubt = foldRoll(activity, records).get('a');
    expect(doubt).toMatchObject({ state: 'leave', toConfirm: true });
    const body = checkInFor(activity, doubt, 'leave', 'tap');
    expect(body?.replaces).toEqual(records.map(({ id }) => id));
    const settled = foldRoll(activity, [...records, entry('a', 'leave', { n: 9, body: body! })]);
    expect(settled.get('a')).toMatchObject({ state: 'leave', toConfirm: false });
  });

  it('is the same whatever order its records came in', () => {
    const first = entry('a', 'present', { n: 1 });
    const records = [
      first,
      entry('a', 'online', { n: 3 }, first.id),
      entry('b', 'present', { n: 2 }),
      entry('c', 'leave', { n: null, seq: 9 }),
      entry('b', 'present', { n: 5 }),
    ];
    const expected = foldRoll(activity, records);
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(foldRoll(activity, shuffled)).toEqual(expected);
      }),
      { seed: 7 },
    );
  });

  it('is the same in whatever order and however often its records come, whoever wrote them', () => {
    const states = fc.constantFrom(...CHECK_IN_STATES);
    const one = fc.record({
      subject: fc.constantFrom('a', 'b', 'c'),
      state: states,
      numbered: fc.boolean(),
      waits: fc.boolean(),
      replaces: fc.option(fc.nat(11), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 12 }),
        fc.infiniteStream(fc.nat(1_000)),
        (all, picks) => {
          const records = all.map(({ subject, state, numbered, waits, replaces }, at) => ({
            ...entry(subject, state, { id: `x${at}`, seq: at, n: numbered ? at + 1 : null }),
            body: {
              activity,
              state,
              how: 'tap' as const,
              ...(replaces ? { replaces: [`x${replaces}`] } : {}),
            },
            confirm: waits ? 'unsealed' : null,
          }));
          const mixed = [...records, ...records]
            .map((record) => ({ record, at: picks.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ record }) => record);
          expect(foldRoll(activity, mixed)).toEqual(foldRoll(activity, records));
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  it('counts the roster alone and leaves other activities out', () => {
    const elsewhere = entry('a', 'present');
    elsewhere.body.activity = 'another';
    const roll = foldRoll(activity, [
      elsewhere,
      entry('stranger', 'present'),
      entry('b', 'online'),
    ]);
    const count = countRoll(
      [
        { person: 'a', state: 'listed' },
        { person: 'b', state: 'migrant' },
        { person: 'c', state: 'excused' },
      ],
      roll,
    );
    expect(count).toEqual({ present: 0, online: 1, leave: 0, excused: 0, open: 1 });
  });

  it('writes nothing when the state is so already', () => {
    const first = entry('a', 'present');
    const known = foldRoll(activity, [first]).get('a');
    expect(checkInFor(activity, known, 'present', 'scan')).toBeNull();
    expect(checkInFor(activity, undefined, 'none', 'tap')).toBeNull();
    expect(checkInFor(activity, known, 'none', 'tap')?.replaces).toEqual([first.id]);
    expect(checkInFor(activity, known, 'none', 'tap')).not.toHaveProperty('proofs');
  });

  it('decides a proof also where the state is so already', () => {
    const first = entry('a', 'present');
    const known = foldRoll(activity, [first]).get('a');
    expect(checkInFor(activity, known, 'present', 'tap', ['p1'])).toMatchObject({
      ...{ state: 'present', replaces: [first.id], proofs: ['p1'] },
    });
  });
});

const TODAY = '2026-11-23';

describe('the roster', () => {
  const member = (person: string, n: number, name: string, group?: string) => ({
    ...entry(person, 'none', { n, kind: 'member' }),
    body: { names: { hans: name }, card: `CARD${person}`, ...(group ? { group } : {}) },
  });

  it('stands by group as first typed, with the latest record of each person', () => {
    const roster = foldRoster(
      [
        member('p1', 1, '黄国强', '一组'),
        member('p2', 2, '黄国强', '二组'),
        member('p3', 3, '李', '一组'),
        member('p1', 4, '黄国庆', '一组'),
      ],
      TODAY,
    );
    expect(roster.map(({ person, names }) => [person, names.hans])).toEqual([
      ['p1', '黄国庆'],
      ['p3', '李'],
      ['p2', '黄国强'],
    ]);
    expect(findByCard(roster, 'CARDp3')?.person).toBe('p3');
    expect(findByCard(roster, 'unknown')).toBeNull();
  });

  it('holds a secretary whom the administrator named before anybody typed a list', () => {
    const role = {
      ...entry('s', 'none', { n: 1, kind: 'role' }),
      body: { role: 'secretary', names: { hans: '罗' }, card: 'CARDs', from: '2026-11-23' },
    };
    expect(foldRoster([role], TODAY)).toMatchObject([
      { person: 's', role: 'secretary', group: null },
    ]);
    expect(foldRoster([role, member('s', 2, '罗', '一组')], TODAY)).toMatchObject([
      { role: 'secretary', group: '一组' },
    ]);
  });
});
