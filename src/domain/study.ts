/** The member's own days and minutes: a calm look back, no goal, no streak, nobody to compare with. */
import type { StudyBody } from './bodies/study.ts';

/** Nobody studies longer in a day; more is a typing slip, which the screens ask about. */
export const STUDY_MINUTES_MAX = 720;

/** Minutes studied on each day, YYYY-MM-DD → minutes. */
export function minutesByDay(entries: readonly StudyBody[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const entry of entries) days.set(entry.day, (days.get(entry.day) ?? 0) + entry.minutes);
  return days;
}

/** The days of `month` (YYYY-MM) that have study, oldest first. */
export function daysInMonth(days: ReadonlyMap<string, number>, month: string): string[] {
  return [...days.keys()].filter((day) => day.startsWith(month)).sort();
}
