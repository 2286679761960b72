import { readRoster } from '#data/activity-view.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { ACTIVITY_KINDS, foldActivities, type Activity } from '#domain/activities.ts';
import type { ActivityType } from '#domain/bodies/attendance.ts';
import type { AboutBody } from '#domain/bodies/organisation.ts';
import { isOver } from '#domain/branches.ts';
import { civilDay } from '#domain/civil-day.ts';
import { inOrder } from '#domain/fold.ts';
import { isDesk } from '#domain/roles.ts';
import { listedOf } from '#domain/roster.ts';
import { correctedNow, type Clock } from '#lib/clock.ts';

/** A branch in which this person may open an activity. */
export interface Desk {
  scope: string;
  about: AboutBody | null;
  /** As the roster writes them, in its order. */
  groups: string[];
  /** Of each kind what was opened last. */
  last: Partial<Record<ActivityType, Activity>>;
}

/** The desks of this person, the day of now, and whether one of their branches is over. */
export async function readDesks(ledger: Ledger, clock: Clock) {
  const person = await ledger.current();
  const abouts = inOrder(await ledger.records({ kind: 'about' })).reverse();
  const today = civilDay(correctedNow(clock, person?.offset ?? null));
  const all = (person?.grants ?? [])
    .filter((grant) => isDesk(grant.role))
    .map(({ scope }) => ({
      scope,
      about: (abouts.find((one) => one.scope === scope)?.body ?? null) as AboutBody | null,
    }));
  // A temporary branch that is over keeps its rolls and opens nothing new.
  const open = all.filter(({ about }) => !about || !isOver(about, today));
  const scopes: Desk[] = [];
  for (const desk of open) {
    const roster = listedOf(await readRoster(ledger, desk.scope, today));
    const groups = [...new Set(roster.flatMap(({ group }) => group ?? []))];
    scopes.push({ ...desk, groups, last: await readLast(ledger, desk.scope) });
  }
  return { offset: person?.offset ?? null, scopes, over: all.length > scopes.length };
}

async function readLast(ledger: Ledger, scope: string): Promise<Desk['last']> {
  const records = inOrder(await ledger.records({ kind: ACTIVITY_KINDS, scope }));
  const order = new Map(records.map(({ id }, at) => [id, at]));
  const activities = foldActivities(records).sort(
    (a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0),
  );
  return Object.fromEntries(activities.map((activity) => [activity.type, activity]));
}
