import { foldActivities, type Activity } from '#domain/activities.ts';
import type { StudyBody } from '#domain/bodies/study.ts';
import { civilDay } from '#domain/civil-day.ts';
import type { Foldable } from '#domain/fold.ts';
import { minutesOf, type HalfHour } from '#domain/half-hour.ts';
import { hasDesk, type Grant } from '#domain/roles.ts';
import { foldRoll } from '#domain/roll.ts';
import { daysInMonth, minutesByDay } from '#domain/study.ts';

/** `refused`: the county did not take it in; it counts for nobody. */
type Row = Foldable<unknown> & { scope: string; state?: string };

/** One of today's activities, as this person sees it. */
export interface TodayActivity extends Activity {
  /** Whether this person keeps the roll there. */
  desk: boolean;
  /** As what the secretary's record on this phone counts this person; null where there is none. */
  counted: 'present' | 'online' | null;
}

/** What is on today in the branches of this person, earliest first. */
export function todaysActivities(
  records: { activities: readonly Row[]; checkIns: readonly Row[] },
  person: { person: string; grants: readonly Grant[] },
  today: string,
): TodayActivity[] {
  return foldActivities(records.activities, person.grants)
    .filter(({ scope, starts }) => isOwn(scope, person.grants) && civilDay(starts) === today)
    .map((activity) => ({
      ...activity,
      desk: hasDesk(person.grants, activity.scope),
      counted: countedAs(activity.id, person.person, records.checkIns),
    }));
}

/** Minutes of this day: what is recorded and what is being counted. */
export function minutesToday(
  studies: readonly StudyBody[],
  running: HalfHour | null,
  today: string,
): number {
  const recorded = minutesByDay(studies).get(today) ?? 0;
  return recorded + (running?.day === today ? minutesOf(running) : 0);
}

/** On how many days of the month of `today` there is study. */
export function daysThisMonth(studies: readonly StudyBody[], today: string): number {
  return daysInMonth(minutesByDay(studies), today.slice(0, 7)).length;
}

function isOwn(scope: string, grants: readonly Grant[]): boolean {
  return grants.some((grant) => grant.scope === scope && grant.role !== 'left');
}

function countedAs(activity: string, person: string, checkIns: readonly Row[]) {
  const stands = checkIns.filter((row) => row.state !== 'refused');
  const state = foldRoll(activity, stands).get(person)?.state;
  return state === 'present' || state === 'online' ? state : null;
}
