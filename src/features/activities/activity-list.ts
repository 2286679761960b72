import { ACTIVITY_TYPES, type ActivityBody } from '#domain/bodies/attendance.ts';
import { civilDay } from '#domain/civil-day.ts';
import type { Foldable } from '#domain/fold.ts';

/** An activity as its `activity` record says; the record's id is the activity's. */
export interface Activity extends ActivityBody {
  id: string;
  scope: string;
}

/** The activities among these records, earliest first. */
export function foldActivities(
  records: readonly (Foldable<unknown> & { scope: string })[],
): Activity[] {
  return records
    .filter((record) => record.kind === 'activity')
    .map((record) => ({ ...(record.body as ActivityBody), id: record.id, scope: record.scope }))
    .sort((a, b) => a.starts - b.starts || (a.id < b.id ? -1 : 1));
}

/** What is on today, what comes, and what was (latest first), by civil day in Asia/Shanghai. */
export function splitActivities(
  activities: readonly Activity[],
  today: string,
): { today: Activity[]; coming: Activity[]; past: Activity[] } {
  const on = (test: (day: string) => boolean) =>
    activities.filter((activity) => test(civilDay(activity.starts)));
  return {
    today: on((day) => day === today),
    coming: on((day) => day > today),
    past: on((day) => day < today).reverse(),
  };
}

/** The number by which a hall code names the type. */
export function typeNumber(type: ActivityBody['type']): number {
  return ACTIVITY_TYPES.indexOf(type);
}
