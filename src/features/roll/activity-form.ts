import { ruleOf } from '#domain/activity-types.ts';
import type { ActivityBody, ActivityType, Quorum } from '#domain/bodies/attendance.ts';
import { addDays, civilTime, isCivilDay } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { typedLine } from '#lib/typed-text.ts';

/** How often it is held again. */
export const EVERY = ['once', 'week', 'month'] as const;
export type Every = (typeof EVERY)[number];

/** So many at a time: a year of monthly meetings. */
export const TIMES_MAX = 12;

/** What the form holds, as typed. `time` is HH:MM of a native time field. */
export interface ActivityForm {
  type: ActivityType;
  title: string;
  place: string;
  day: string;
  time: string;
  quorum: Quorum;
  group: string;
  /** Why it is entered after its day. */
  late: string;
  every: Every;
  /** How many there are in all, where it is held again. */
  times: number;
}

/** Which field needs another look; each has a text under activities.wrong. */
export type FormFault =
  'title' | 'title-long' | 'place-long' | 'day' | 'time' | 'late' | 'late-long';

/** activityBody allows this much in a line (domain/bodies/attendance.ts). */
const LINE_MAX = 40;
const LATE_MAX = 60;

/**
 * The bodies of the records to write, one a meeting, or the first field that needs another look. A day
 * before `today` is entered all the same, with the reason that the sheet prints (事後補錄).
 */
export function bodiesOf(form: ActivityForm, today: string): Result<ActivityBody[], FormFault> {
  const title = typedLine(form.title);
  const late = typedLine(form.late);
  if (!title) return fail('title');
  if (title.length > LINE_MAX) return fail('title-long');
  const when = placeAndTimeOf(form);
  if (!when.ok) return when;
  if (form.day < today && !late) return fail('late');
  if (form.day < today && late.length > LATE_MAX) return fail('late-long');
  const { place, minutes } = when.value;
  return ok(
    seriesDays(form.day, form.every, form.times).map((day) => ({
      ...{ type: form.type, title, starts: civilTime(day, minutes) },
      ...(place ? { place } : {}),
      ...askedOf(form),
      ...(day < today ? { late } : {}),
    })),
  );
}

/** What only some kinds of meeting ask. */
function askedOf({ type, quorum, group }: ActivityForm): Partial<ActivityBody> {
  const { quorums, usual, expected } = ruleOf(type);
  const decided = quorums.includes(quorum) ? quorum : usual;
  return {
    ...(decided === 'none' ? {} : { quorum: decided }),
    ...(expected === 'group' && group ? { group } : {}),
  };
}

/** Where and when, checked. */
export function placeAndTimeOf(
  form: Pick<ActivityForm, 'place' | 'day' | 'time'>,
): Result<{ place: string; minutes: number; starts: number }, FormFault> {
  const place = typedLine(form.place);
  const minutes = minutesOf(form.time);
  if (place.length > LINE_MAX) return fail('place-long');
  if (!isCivilDay(form.day)) return fail('day');
  if (minutes === null) return fail('time');
  return ok({ place, minutes, starts: civilTime(form.day, minutes) });
}

/** The days of a series: every week on that weekday, every month on that day or the month's last. */
export function seriesDays(day: string, every: Every, times: number): string[] {
  if (every === 'once') return [day];
  return Array.from({ length: Math.min(TIMES_MAX, Math.max(1, times)) }, (_, at) =>
    every === 'week' ? addDays(day, 7 * at) : monthsLater(day, at),
  );
}

function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const at = Date.UTC(year, month - 1 + months, Math.min(date, last));
  return new Date(at).toISOString().slice(0, 10);
}

/** HH:MM of minutes since midnight, as a native time field takes it. */
export function timeOf(minutes: number): string {
  const two = (n: number) => `${n}`.padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function minutesOf(time: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}
