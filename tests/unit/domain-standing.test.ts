import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { standingBody, type StandingBody } from '#domain/bodies/people.ts';
import type { Foldable } from '#domain/fold.ts';
import { foldRoster, listedOf } from '#domain/roster.ts';
import { foldStandings } from '#domain/standing.ts';

let made = 0;
function record(subject: string, kind: string, body: object): Foldable<unknown> {
  made += 1;
  const numbers = { seq: made, n: made, at: made };
  return { id: `r${made}`, kind, subject, author: 's', day: '2026-03-05', ...numbers, body };
}
const term = (subject: string, body: StandingBody) => record(subject, 'standing', body);
const state = (subject: string, is: string, from: string, more: object = {}) =>
  term(subject, { of: 'state', is, from, ...more } as StandingBody);
const member = (subject: string, names: object, more: object = {}) =>
  record(subject, 'member', { names, card: `CARD${subject}`, ...more });

const stateOn = (records: Foldable<unknown>[], day: string) =>
  foldStandings(records, day).get('a')?.state ?? 'listed';

describe('a standing', () => {
  const away = state('a', 'migrant', '2026-03-01');

  it('holds from its first day on, and not before', () => {
    expect(stateOn([away], '2026-02-28')).toBe('listed');
    expect(stateOn([away], '2026-03-01')).toBe('migrant');
    expect(stateOn([away], '2036-03-01')).toBe('migrant');
  });

  it('is over on the day that its end names', () => {
    const ended = state('a', 'migrant', '2026-03-01', { to: '2026-09-01' });
    expect(stateOn([ended], '2026-08-31')).toBe('migrant');
    expect(stateOn([ended], '2026-09-01')).toBe('listed');
  });

  it('is what began last, however late an earlier time is typed in', () => {
    const back = state('a', 'listed', '2026-10-01');
    const typedLate = state('a', 'excused', '2026-05-01');
    expect(stateOn([away, back, typedLate], '2026-11-01')).toBe('listed');
    expect(stateOn([away, back, typedLate], '2026-06-01')).toBe('excused');
  });

  it('never was once another record has put it right', () => {
    const right = state('a', 'migrant', '2026-04-01', { replaces: [away.id] });
    expect(stateOn([away, right], '2026-03-15')).toBe('listed');
    expect(stateOn([away, right], '2026-04-01')).toBe('migrant');
  });

  it('says one thing and leaves the others', () => {
    const records = [
      term('a', { of: 'membership', is: 'probationary', from: '2025-07-01' }),
      away,
      term('a', { of: 'contact', is: 'b', from: '2026-03-01' } as StandingBody),
      term('a', { of: 'membership', is: 'full', from: '2026-07-01' }),
    ];
    expect(foldStandings(records, '2026-06-30').get('a')).toEqual({
      ...{ membership: 'probationary', state: 'migrant', since: '2026-03-01', contact: 'b' },
    });
    expect(foldStandings(records, '2026-07-01').get('a')?.membership).toBe('full');
  });

  it('is the same in whatever order its records came', () => {
    const records = [away, state('a', 'listed', '2026-03-01'), state('a', 'excused', '2025-01-01')];
    const expected = stateOn(records, '2026-03-05');
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: 3 }), (shuffled) => {
        expect(stateOn(shuffled, '2026-03-05')).toBe(expected);
      }),
      { seed: 11 },
    );
  });

  it.each([
    { of: 'state', is: 'ill', from: '2026-03-01' },
    { of: 'state', is: 'excused', from: '2026-03-01', cause: '生病' },
    { of: 'state', is: 'excused', from: 'now' },
    { of: 'state', is: 'excused' },
    { of: 'contact', is: 'b', from: '2026-03-01' },
    { of: 'mood', is: 'good', from: '2026-03-01' },
  ])('takes no %o', (body) => {
    expect(v.safeParse(standingBody, body).success).toBe(false);
  });
});

describe('the roster of a day', () => {
  const two = [
    member('a', { hans: '黄国强' }, { group: '一组', byName: '大强' }),
    member('b', { hant: '黄国强', hans: '黄国强' }, { group: '二组' }),
    member('c', { hans: '李秀英' }),
  ];

  it('marks namesakes in either script, and nobody else', () => {
    const roster = foldRoster(two, '2026-03-05');
    expect(roster.map(({ person, namesake, byName }) => [person, namesake, byName])).toEqual([
      ['a', true, '大强'],
      ['b', true, null],
      ['c', false, null],
    ]);
  });

  it('marks two names that look alike, though one was written before the forms tidied them', () => {
    const roster = foldRoster(
      [member('a', { hans: '阿卜杜•艾力' }), member('b', { hans: '阿卜杜·艾\u200b力' })],
      '2026-03-05',
    );
    expect(roster.map(({ namesake }) => namesake)).toEqual([true, true]);
    expect(roster[0]?.names.hans).toBe('阿卜杜•艾力');
  });

  it('keeps whoever is 不再列入 for old rolls, and off the list', () => {
    const left = state('b', 'unlisted', '2026-03-05');
    const [before, after] = ['2026-03-04', '2026-03-05'].map((day) =>
      listedOf(foldRoster([...two, left], day)).map(({ person }) => person),
    );
    expect(before).toEqual(['a', 'b', 'c']);
    expect(after).toEqual(['a', 'c']);
    const [a] = foldRoster([...two, left], '2026-03-05');
    expect(a?.namesake).toBe(false);
  });
});
