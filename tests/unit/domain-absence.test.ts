import { describe, expect, it } from 'vitest';
import { foldAbsences } from '#domain/absence.ts';
import type { Foldable } from '#domain/fold.ts';

const MEETING = 'meeting';

function said(n: number, coming: boolean, more: Partial<Foldable<unknown>> = {}) {
  const of = { id: `r${n}`, kind: 'absence', subject: 'me', author: 'me', seq: n, n, at: 0 };
  return { ...of, day: '2026-11-23', body: { activity: MEETING, coming }, ...more };
}

const fold = (records: Foldable<unknown>[]) => [...foldAbsences(MEETING, records)];

describe('「我去不了」', () => {
  it('what somebody said last stands, in whatever order it arrives', () => {
    const [first, back, again] = [said(1, false), said(2, true), said(3, false)];
    expect(fold([first])).toEqual([['me', 'r1']]);
    expect(fold([back, first])).toEqual([]);
    expect(fold([again, first, back])).toEqual([['me', 'r3']]);
  });

  it('what is still on this phone comes after what the county has', () => {
    expect(fold([said(5, false), said(9, true, { n: null, seq: 1 })])).toEqual([]);
  });

  it('says nothing of another activity, of somebody else, while it waits, or once it is erased', () => {
    expect(fold([said(1, false, { body: { activity: 'other', coming: false } })])).toEqual([]);
    expect(fold([said(1, false, { author: 'neighbour' })])).toEqual([]);
    expect(fold([said(1, false, { confirm: 'fork' })])).toEqual([]);
    expect(fold([said(1, false), said(2, true, { declined: true })])).toEqual([['me', 'r1']]);
    expect(fold([said(1, false, { body: null })])).toEqual([]);
  });
});
