/**
 * 事后补录: that a meeting was entered after its day, which is allowed, printed on its sheet, and told nobody
 * (no list and no alert is made of it). Days are those of the records, from the corrected clock: what a
 * phone's own clock says counts only where no server ever told it better.
 */
import { civilDay } from './civil-day.ts';
import { readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

/** A meeting is over after so long; until then the next civil day is still the same evening. */
const EVENING_MS = 6 * 3_600_000;

/** Whether something of a meeting that began at `starts` was written on a later day. */
export function isLater(day: string, starts: number): boolean {
  return day > civilDay(starts + EVENING_MS);
}

/**
 * Whether the roll of `activity` was entered later, and why as the desk wrote it (null where no reason was
 * given); null where it was kept on its day. `records` hold its `activity` record and its check-ins;
 * without a check-in the day on which the activity was written says it.
 */
export function enteredLater(
  activity: { id: string; starts: number; late?: string | undefined },
  records: readonly Pick<Foldable<unknown>, 'id' | 'kind' | 'day' | 'body' | 'confirm'>[],
): { reason: string | null } | null {
  const { id, starts, late } = activity;
  if (late !== undefined) return { reason: late };
  const lines = readable(records).filter(
    (record) =>
      record.kind === 'check-in' &&
      !waits(record) &&
      (record.body as { activity?: string }).activity === id,
  );
  const written = records.filter((record) => record.kind === 'activity' && record.id === id);
  // Any and not the first: of two phones that kept it the later one may have reached the server first.
  const days = (lines.length > 0 ? lines : written).map(({ day }) => day);
  return days.length > 0 && days.every((day) => isLater(day, starts)) ? { reason: null } : null;
}
