import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { studyBody } from '#domain/bodies/study.ts';
import { emptyDraft, readDraft } from '#features/study/study-draft.ts';
import { addMonths, minutesInMonth } from '#features/study/study-month.ts';
import { ok } from '#lib/result.ts';

const TODAY = '2025-11-23';
const draft = (change: object) => readDraft({ ...emptyDraft(TODAY), ...change }, TODAY);

describe('adding study afterwards', () => {
  it('asks for no reason: day, minutes and means are enough', () => {
    expect(draft({})).toEqual(ok({ day: TODAY, minutes: 30, how: 'book' }));
    expect(draft({ note: ' 第三\u200b章\n第四章 ' })).toEqual(
      ok({ day: TODAY, minutes: 30, how: 'book', note: '第三章\n第四章' }),
    );
  });

  it.each([
    ['day', { day: '' }],
    ['day', { day: '2025-02-30' }],
    ['day-later', { day: '2025-11-24' }],
    ['minutes', { minutes: 0 }],
    ['minutes', { minutes: 721 }],
    ['minutes', { minutes: 1.5 }],
    ['minutes', { minutes: Number.NaN }],
    ['note', { note: '长'.repeat(401) }],
  ])('points at %s', (error, change) => {
    expect(draft(change)).toEqual({ ok: false, error });
  });

  it('lets through only what a study record may hold', () => {
    for (const change of [{ day: '2020-02-29' }, { minutes: 720 }, { note: '长'.repeat(400) }]) {
      const read = draft(change);
      expect(read.ok && v.is(studyBody, read.value)).toBe(true);
    }
  });
});

describe('the month', () => {
  it('steps over the turn of a year', () => {
    expect(addMonths('2025-01', -1)).toBe('2024-12');
    expect(addMonths('2025-12', 1)).toBe('2026-01');
    expect(addMonths('2025-11', 0)).toBe('2025-11');
  });

  it('sums the minutes of each day', () => {
    const entry = (day: string, minutes: number) => ({ day, minutes, how: 'app' });
    const entries = [entry('2025-11-03', 10), entry('2025-11-03', 8), entry('2025-10-03', 5)];
    expect(minutesInMonth(entries, '2025-11')).toEqual({ 3: 18 });
  });
});
