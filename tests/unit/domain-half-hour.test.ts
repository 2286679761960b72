import { describe, expect, it } from 'vitest';
import {
  GAP_MAX_MS,
  TICK_MS,
  minutesOf,
  pauseHalfHour,
  reopenHalfHour,
  resumeHalfHour,
  startHalfHour,
  tickHalfHour,
  type HalfHour,
} from '#domain/half-hour.ts';
import { daysInMonth, minutesByDay } from '#domain/study.ts';

const look = (ms: number) => ({ wall: 1_000_000 + ms, monotonic: ms });
const start = () => startHalfHour('2026-11-23', look(0));

function tickFor(state: HalfHour, from: number, ms: number, visible = true): HalfHour {
  let now = state;
  for (let at = from + TICK_MS; at <= from + ms; at += TICK_MS)
    now = tickHalfHour(now, look(at), visible);
  return now;
}

describe('the half hour', () => {
  it('counts thirty minutes of reading as thirty', () => {
    expect(minutesOf(tickFor(start(), 0, 30 * 60_000))).toBe(30);
  });

  it('does not count while the page is hidden', () => {
    const hidden = tickFor(tickFor(start(), 0, 60_000), 60_000, 600_000, false);
    expect(hidden.counted).toBe(60_000);
  });

  it('takes the smaller of wall and monotonic time, so turning the clock adds nothing', () => {
    const ahead = tickHalfHour(start(), { wall: 1_000_000 + 5_000_000, monotonic: 5_000 }, true);
    expect(ahead.counted).toBe(5_000);
    const back = tickHalfHour(start(), { wall: 1_000_000 - 5_000, monotonic: 5_000 }, true);
    expect(back.counted).toBe(0);
  });

  it('cuts a gap that no reading explains', () => {
    expect(tickHalfHour(start(), look(GAP_MAX_MS + 1), true).counted).toBe(0);
    expect(tickHalfHour(start(), look(GAP_MAX_MS), true).counted).toBe(GAP_MAX_MS);
  });

  it('stands still while paused and goes on from there', () => {
    const paused = pauseHalfHour(tickFor(start(), 0, 60_000), look(62_000), true);
    expect(paused.counted).toBe(62_000);
    expect(tickHalfHour(paused, look(70_000), true)).toEqual(paused);
    expect(tickHalfHour(resumeHalfHour(paused, look(90_000)), look(95_000), true).counted).toBe(
      67_000,
    );
  });

  it('comes back paused after a restart, with what was kept', () => {
    expect(reopenHalfHour(tickFor(start(), 0, 60_000))).toEqual({
      day: '2026-11-23',
      counted: 60_000,
      last: null,
    });
  });
});

describe('the month', () => {
  it('adds the minutes of a day and lists the days of a month', () => {
    const days = minutesByDay([
      { day: '2026-11-23', minutes: 20, how: 'app' },
      { day: '2026-11-23', minutes: 15, how: 'book' },
      { day: '2026-10-31', minutes: 5, how: 'app' },
    ]);
    expect(days.get('2026-11-23')).toBe(35);
    expect(daysInMonth(days, '2026-11')).toEqual(['2026-11-23']);
  });
});
