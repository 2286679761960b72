import { daysInMonth, minutesByDay } from '#domain/study.ts';
import type { StudyBody } from '#domain/bodies/study.ts';

/** The month (YYYY-MM) `count` months after `month`, before it when negative. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

/** Minutes by day of the month, 1–31, for the calendar. */
export function minutesInMonth(
  entries: readonly StudyBody[],
  month: string,
): Record<number, number> {
  const days = minutesByDay(entries);
  return Object.fromEntries(
    daysInMonth(days, month).map((day) => [Number(day.slice(8)), days.get(day) ?? 0]),
  );
}
