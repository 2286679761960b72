import { ACTIVITY_TYPES, type ActivityBody, type ActivityType } from '#domain/bodies/attendance.ts';
import { civilTime, isCivilDay } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { typedLine } from '#lib/typed-text.ts';

/** The types in the order in which branches hold them most. */
export const OFFERED_TYPES: readonly ActivityType[] = ACTIVITY_TYPES;

/** What the form holds, as typed. `time` is HH:MM of a native time field. */
export interface ActivityForm {
  type: ActivityType;
  title: string;
  place: string;
  day: string;
  time: string;
}

/** Which field needs another look; each has a text under activities.wrong. */
export type FormFault = 'title' | 'title-long' | 'place-long' | 'day' | 'time';

/** activityBody allows this much in a line (domain/bodies/attendance.ts). */
const LINE_MAX = 40;

/** The body of the record to write, or the first field that needs another look. */
export function bodyOf(form: ActivityForm): Result<ActivityBody, FormFault> {
  const title = typedLine(form.title);
  const place = typedLine(form.place);
  const minutes = minutesOf(form.time);
  if (!title) return fail('title');
  if (title.length > LINE_MAX) return fail('title-long');
  if (place.length > LINE_MAX) return fail('place-long');
  if (!isCivilDay(form.day)) return fail('day');
  if (minutes === null) return fail('time');
  const starts = civilTime(form.day, minutes);
  return ok({ type: form.type, title, starts, ...(place ? { place } : {}) });
}

function minutesOf(time: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}
