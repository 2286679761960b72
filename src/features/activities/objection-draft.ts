import type { Activity } from '#domain/activities.ts';
import type { ObjectionAboveBody, ObjectionBody } from '#domain/bodies/proof.ts';
import { OBJECTION_ABOVE_KIND, OBJECTION_KIND, type OwnObjection } from '#domain/objections.ts';

/**
 * What is written when a line is wrong. To the secretary it lies in the branch; above it lies in the
 * county's scope, which no phone of the branch follows, and names the meeting, because the county sees no roll.
 */
export function objectionDraft(
  to: OwnObjection<unknown>['to'],
  {
    activity,
    person,
  }: {
    activity: Pick<Activity, 'id' | 'scope' | 'title' | 'starts'>;
    person: { county: { id: string } };
  },
  words: { text?: string },
) {
  if (to === 'secretary') {
    const body: ObjectionBody = { activity: activity.id, ...words };
    return { kind: OBJECTION_KIND, scope: activity.scope, body };
  }
  const { id, title, starts, scope: branch } = activity;
  const body: ObjectionAboveBody = { ...{ branch, activity: id, title, starts }, ...words };
  return { kind: OBJECTION_ABOVE_KIND, scope: person.county.id, body };
}
