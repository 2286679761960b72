import { ACTIVITY_TYPES, type ActivityBody } from './bodies/attendance.ts';
import { civilDay } from './civil-day.ts';
import { readable, type Foldable } from './fold.ts';
import { hasDesk, type Grant } from './roles.ts';
import { waits } from './waits.ts';

/** An activity as its `activity` record says; the record's id is the activity's. */
export interface Activity extends ActivityBody {
  id: string;
  scope: string;
  /** Why its record waits for a person; null where it does not. */
  confirm: string | null;
}

/** The activities among these records, earliest first; what waits for a person is the desk's alone. */
export function foldActivities(
  records: readonly (Foldable<unknown> & { scope: string })[],
  grants: readonly Grant[] = [],
): Activity[] {
  return readable(records)
    .filter((record) => record.kind === 'activity')
    .filter((record) => !waits(record) || hasDesk(grants, record.scope))
    .map(({ body, id, scope, confirm = null }) => ({
      ...(body as ActivityBody),
      ...{ id, scope, confirm },
    }))
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
