import { describe, expect, it } from 'vitest';
import { civilTime } from '#domain/civil-day.ts';
import { daysThisMonth, minutesToday, todaysActivities } from '#features/today/today-view.ts';

const TODAY = '2025-11-23';
let made = 0;
const row = (kind: string, body: unknown, rest: object = {}) => ({
  id: `r${(made += 1)}`,
  kind,
  scope: 'branch',
  subject: null,
  author: 'a',
  seq: made,
  n: made,
  at: 0,
  day: TODAY,
  body,
  ...rest,
});
const activity = (starts: number, rest: object = {}) =>
  row('activity', { type: 'theme-day', title: '主题党日', starts }, rest);
const member = { person: 'me', grants: [{ scope: 'branch', role: 'member' as const }] };

describe('what is on today', () => {
  it('takes the day of Shanghai, from midnight to midnight, earliest first', () => {
    const activities = [
      activity(civilTime(TODAY, 23 * 60 + 59)),
      activity(civilTime(TODAY, 0)),
      activity(civilTime(TODAY, -1)),
      activity(civilTime(TODAY, 24 * 60)),
    ];
    const seen = todaysActivities({ activities, checkIns: [] }, member, TODAY);
    expect(seen.map(({ id }) => id)).toEqual([activities[1]?.id, activities[0]?.id]);
  });

  it('shows no other branch', () => {
    const activities = [activity(civilTime(TODAY, 600), { scope: 'elsewhere' })];
    expect(todaysActivities({ activities, checkIns: [] }, member, TODAY)).toEqual([]);
  });

  it('says counted only from a record for this person that still stands', () => {
    const meeting = activity(civilTime(TODAY, 600));
    const checkIn = (state: string, rest: object = {}) =>
      row('check-in', { activity: meeting.id, state, how: 'tap', ...rest }, { subject: 'me' });
    const counted = (checkIns: (ReturnType<typeof row> & { state?: string })[]) =>
      todaysActivities({ activities: [meeting], checkIns }, member, TODAY)[0]?.counted;
    const first = checkIn('present');
    expect(counted([])).toBeNull();
    expect(counted([first])).toBe('present');
    expect(counted([checkIn('online')])).toBe('online');
    expect(counted([first, checkIn('none', { replaces: [first.id] })])).toBeNull();
    expect(counted([checkIn('leave')])).toBeNull();
    expect(counted([{ ...first, state: 'refused' }])).toBeNull();
  });

  it('knows whether this person keeps the roll', () => {
    const activities = [activity(civilTime(TODAY, 600))];
    const secretary = { person: 'me', grants: [{ scope: 'branch', role: 'secretary' as const }] };
    expect(todaysActivities({ activities, checkIns: [] }, secretary, TODAY)[0]?.desk).toBe(true);
    expect(todaysActivities({ activities, checkIns: [] }, member, TODAY)[0]?.desk).toBe(false);
  });
});

describe('the half hour of today', () => {
  const studies = [
    { day: TODAY, minutes: 12, how: 'book' },
    { day: '2025-11-22', minutes: 30, how: 'app' },
    { day: '2025-10-31', minutes: 30, how: 'app' },
  ];

  it('adds what is being counted to what is recorded, of this day alone', () => {
    const running = { day: TODAY, counted: 6 * 60_000, last: null };
    expect(minutesToday(studies, running, TODAY)).toBe(18);
    expect(minutesToday(studies, { ...running, day: '2025-11-22' }, TODAY)).toBe(12);
    expect(minutesToday([], null, TODAY)).toBe(0);
  });

  it('counts days of this month, not entries', () => {
    expect(daysThisMonth([...studies, ...studies], TODAY)).toBe(2);
  });
});
