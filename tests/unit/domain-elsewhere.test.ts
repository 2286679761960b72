/** What a host branch recorded of somebody, handed in at home by themselves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { attendedBody, type AttendedBody } from '#domain/bodies/migrants.ts';
import { attendedOf, bearsOut, foldElsewhere } from '#domain/elsewhere.ts';
import { countRoll, foldRoll } from '#domain/roll.ts';

const ID = (n: number) => `0190c3c4-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [ME, HOST, ACTIVITY, LINE, YOU] = [ID(1), ID(2), ID(3), ID(4), ID(5)];
const HASH = 'h'.repeat(43);
const names = { hans: '宝安一支部', hant: '寶安一支部' };
const starts = Date.UTC(2026, 10, 20, 11, 30);
const activity = { type: 'lecture', title: '党课', starts } as const;

let made = 0;
function row(kind: string, subject: string | null, body: unknown, more: object = {}) {
  made += 1;
  const header = { id: ID(100 + made), hash: HASH, kind, subject, author: 's', day: '2026-11-20' };
  return { ...header, seq: made, n: made, at: 0, body, ...more };
}
const line = (state: string, more: object = {}) =>
  row('check-in', ME, { activity: ACTIVITY, state, how: 'tap' }, { id: LINE, ...more });
const opened = { ...activity, id: ACTIVITY, scope: HOST, confirm: null, change: null };
const handIn = (...lines: ReturnType<typeof line>[]) =>
  attendedOf(opened, { person: ME, names, lines });
const good = handIn(line('present')) as AttendedBody;

describe('what a phone hands in', () => {
  it('is the host’s own line, by its id and hash, and nothing of anybody else', () => {
    expect(v.is(attendedBody, good)).toBe(true);
    expect(good).toEqual({
      ...{ host: HOST, names, activity: ACTIVITY, title: '党课', type: 'lecture' },
      ...{ day: '2026-11-20', state: 'present', record: LINE, hash: HASH },
    });
  });

  it('is nothing where the host has not said that they took part', () => {
    for (const state of ['leave', 'excused', 'none']) expect(handIn(line(state))).toBeNull();
    expect(handIn()).toBeNull();
    expect(handIn(line('present', { confirm: 'fork' }))).toBeNull();
    expect(handIn(line('present'), line('leave', { id: ID(9) }))).toBeNull();
    const unnamed = { person: ME, names: null, lines: [line('present')] };
    expect(attendedOf(opened, unnamed)).toBeNull();
  });
});

describe('what the host’s records bear out', () => {
  const host = (...more: ReturnType<typeof row>[]) => [
    row('about', null, { names }),
    row('activity', null, activity, { id: ACTIVITY }),
    ...more,
  ];
  const there = host(line('present'));

  it('is the line as it stands', () => {
    expect(bearsOut(good, ME, there)).toBe(true);
    expect(bearsOut({ ...good, state: 'online' }, ME, host(line('online')))).toBe(true);
  });

  it.each<[string, Partial<AttendedBody>]>([
    ['another line', { record: ID(8) }],
    ['another hash', { hash: 'x'.repeat(43) }],
    ['another state', { state: 'online' }],
    ['another activity', { activity: ID(7) }],
    ['another title', { title: '组织生活会' }],
    ['another type', { type: 'theme-day' }],
    ['another day', { day: '2026-11-21' }],
    ['another branch’s name', { names: { hans: '中央党校支部' } }],
  ])('is not %s', (_what, forged) => {
    expect(bearsOut({ ...good, ...forged }, ME, there)).toBe(false);
  });

  it('is not somebody else’s line, nor one that was taken back, replaced, erased or waits', () => {
    expect(bearsOut(good, YOU, there)).toBe(false);
    const taken = { activity: ACTIVITY, state: 'none', how: 'tap', replaces: [LINE] };
    expect(bearsOut(good, ME, [...there, row('check-in', ME, taken)])).toBe(false);
    expect(bearsOut(good, ME, host(line('present', { body: null })))).toBe(false);
    expect(bearsOut(good, ME, host(line('present', { confirm: 'unsealed' })))).toBe(false);
    expect(bearsOut(good, ME, host(line('present', { declined: true })))).toBe(false);
  });

  it('is the day to which it was moved', () => {
    const moved = { activity: ACTIVITY, is: 'moved', starts: starts + 86_400_000 };
    const rows = [...there, row('activity-change', null, moved)];
    expect(bearsOut({ ...good, day: '2026-11-21' }, ME, rows)).toBe(true);
  });
});

describe('what the home desk has', () => {
  const handed = (more: Partial<AttendedBody> = {}, header: object = {}) =>
    row('attended-elsewhere', ME, { ...good, ...more }, header);
  const checks = ({ id }: { id: string }, hash = HASH) =>
    row('attended-checked', ME, { record: id, hash }, { day: '2026-11-22' });

  it('is not checked until the server says so of this very record', () => {
    const one = handed();
    expect(foldElsewhere([one])).toMatchObject([{ person: ME, title: '党课', checked: null }]);
    expect(foldElsewhere([one, checks(one)])).toMatchObject([{ checked: '2026-11-22' }]);
    expect(foldElsewhere([one, checks(one, 'x'.repeat(43))])).toMatchObject([{ checked: null }]);
    expect(foldElsewhere([one, checks(handed())])).toMatchObject([{ checked: null }]);
  });

  it('is one a person and activity, the last, in whatever order they came; the latest day first', () => {
    const early = handed();
    const rows = [
      ...[early, checks(early), handed({ state: 'online' })],
      handed({ activity: ID(20), day: '2026-11-25' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(
          foldElsewhere(shuffled).map(({ day, state, checked }) => [day, state, checked]),
        ).toEqual([
          ['2026-11-25', 'present', null],
          ['2026-11-20', 'online', null],
        ]);
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it('leaves out what waits for a person, and is in no number of a roll', () => {
    expect(foldElsewhere([handed({}, { confirm: 'unsealed' })])).toEqual([]);
    const roll = foldRoll(ACTIVITY, [handed()]);
    expect(countRoll([{ person: ME, state: 'migrant' }], roll)).toMatchObject({
      present: 0,
      open: 1,
    });
  });
});
