import type { ActivityBody, CheckInState } from '#domain/bodies/attendance.ts';
import { civilDay } from '#domain/civil-day.ts';
import { readable, type Foldable } from '#domain/fold.ts';
import { foldRoll } from '#domain/roll.ts';

/** `refused`: the county did not take it in; it counts for nobody. */
type Row = Foldable<unknown> & { state?: string };

/** What a secretary recorded of this person at one activity. */
export interface OwnAttendance {
  activity: string;
  /** The record that stands. */
  record: string;
  /** Null while the activity's own record is not on the phone. */
  title: string | null;
  /** Civil day of the activity, else of the record. */
  day: string;
  state: Exclude<CheckInState, 'none'>;
}

/** Every activity at which this person is on the roll, latest first; entries taken back are out. */
export function ownAttendance(
  person: string,
  records: { activities: readonly Row[]; checkIns: readonly Row[] },
): OwnAttendance[] {
  const own = readable(records.checkIns).filter(
    ({ subject, state }) => subject === person && state !== 'refused',
  );
  const activities = new Set(own.map((row) => (row.body as { activity: string }).activity));
  return [...activities]
    .flatMap((activity) => {
      const entry = foldRoll(activity, own).get(person);
      if (!entry || entry.state === 'none') return [];
      const known = records.activities.find(({ id }) => id === activity)?.body as
        ActivityBody | undefined;
      const day = civilDay(known?.starts ?? entry.at);
      const { record, state } = entry;
      return [{ activity, record, title: known?.title ?? null, day, state }];
    })
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
}
