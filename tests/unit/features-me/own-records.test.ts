import { describe, expect, it } from 'vitest';
import { civilTime } from '#domain/civil-day.ts';
import { ownAttendance } from '#features/me/own-records.ts';

let made = 0;
const row = (kind: string, body: unknown, rest: object = {}) => ({
  id: `r${(made += 1)}`,
  kind,
  subject: 'me',
  author: 'secretary',
  seq: made,
  n: made,
  at: civilTime('2025-11-20'),
  day: '2025-11-20',
  body,
  ...rest,
});
const checkIn = (activity: string, state: string, rest: object = {}, header: object = {}) =>
  row('check-in', { activity, state, how: 'tap', ...rest }, header);

describe('what a secretary recorded of me', () => {
  it('names the activity and its day, latest first', () => {
    const lecture = row('activity', { title: '党课', starts: civilTime('2025-11-14', 540) });
    const checkIns = [checkIn(lecture.id, 'present'), checkIn('unknown', 'online')];
    const [first, second] = checkIns.map(({ id }) => id);
    expect(ownAttendance('me', { activities: [lecture], checkIns })).toEqual([
      { activity: 'unknown', record: second, title: null, day: '2025-11-20', state: 'online' },
      { activity: lecture.id, record: first, title: '党课', day: '2025-11-14', state: 'present' },
    ]);
  });

  it('leaves out what was taken back and whatever is about somebody else', () => {
    const first = checkIn('a', 'present');
    const checkIns = [
      first,
      checkIn('a', 'none', { replaces: [first.id] }),
      checkIn('b', 'present', {}, { subject: 'other' }),
    ];
    expect(ownAttendance('me', { activities: [], checkIns })).toEqual([]);
  });

  it('leaves out what was erased, what never came to count and what the county did not take in', () => {
    const checkIns = [
      row('check-in', null),
      checkIn('a', 'present', {}, { declined: true }),
      checkIn('b', 'present', {}, { state: 'refused' }),
    ];
    expect(ownAttendance('me', { activities: [], checkIns })).toEqual([]);
  });
});
