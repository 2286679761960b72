import type { ActivityBody, ActivityChangeBody } from './bodies/attendance.ts';
import { civilDay } from './civil-day.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { hasDesk, type Grant } from './roles.ts';
import { waits } from './waits.ts';

/** The kinds that an activity is folded from. */
export const ACTIVITY_KINDS = ['activity', 'activity-change'] as const;

/**
 * An activity as its `activity` record says, and what became of it since; the record's id is the
 * activity's. Whatever became of it, its roll goes on: nothing is refused or lost.
 */
export interface Activity extends ActivityBody {
  id: string;
  scope: string;
  /** Why its record waits for a person; null where it does not. */
  confirm: string | null;
  /** moved: held at another time or place than was said first. off: called off. Null: as it was said. */
  change: 'moved' | 'off' | null;
}

type Row = Foldable<unknown> & { scope: string; state?: string };

/** The activities among these records, earliest first; what waits for a person is the desk's alone. */
export function foldActivities(records: readonly Row[], grants: readonly Grant[] = []): Activity[] {
  const changes = foldChanges(records);
  return readable(records)
    .filter((record) => record.kind === 'activity')
    .filter((record) => !waits(record) || hasDesk(grants, record.scope))
    .map(({ body, id, scope, confirm = null }) => ({
      ...changed(body as ActivityBody, changes.get(`${scope} ${id}`)),
      ...{ id, scope, confirm },
    }))
    .sort((a, b) => a.starts - b.starts || (a.id < b.id ? -1 : 1));
}

/** Of each activity the last that stands, by scope and id: only its own branch changes it. */
function foldChanges(records: readonly Row[]): Map<string, ActivityChangeBody> {
  const standing = readable(records).filter(
    (record) => record.kind === 'activity-change' && !waits(record) && record.state !== 'refused',
  );
  return new Map(
    inOrder(standing).map(({ scope, body }) => {
      const change = body as ActivityChangeBody;
      return [`${scope} ${change.activity}`, change];
    }),
  );
}

/** Each change says all of it: the ones before it count for nothing. */
function changed(body: ActivityBody, change: ActivityChangeBody | undefined) {
  const { starts = body.starts, place = body.place, is } = change ?? { is: 'on' as const };
  const moved = starts !== body.starts || place !== body.place;
  const kind: Activity['change'] = is === 'off' ? 'off' : moved ? 'moved' : null;
  return { ...body, starts, ...(place ? { place } : {}), change: kind };
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
