import * as v from 'valibot';
import { line, time, uuid } from './shared.ts';

/** The kinds of meeting that party rules name, and the two that the report adds. */
export const ACTIVITY_TYPES = [
  'theme-day',
  'members-meeting',
  'committee-meeting',
  'group-meeting',
  'lecture',
  'organisation-life',
  'migrant-session',
  'other',
] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

/** `starts`: planned begin, ms, corrected time. The record's own id is the activity's id. */
export const activityBody = v.strictObject({
  type: v.picklist(ACTIVITY_TYPES),
  title: line(40),
  place: v.optional(line(40)),
  starts: time,
});
export type ActivityBody = v.InferOutput<typeof activityBody>;

/** `none` takes an entry back: the person was tapped by mistake. No state holds a cause. */
export const CHECK_IN_STATES = ['present', 'online', 'leave', 'none'] as const;
export type CheckInState = (typeof CHECK_IN_STATES)[number];

/** More desks than this never disagree about one person. */
const REPLACED_MAX = 16;

/** `replaces`: every standing record about this person that the desk had seen; this one decides. */
export const checkInBody = v.strictObject({
  activity: uuid,
  state: v.picklist(CHECK_IN_STATES),
  how: v.picklist(['tap', 'scan']),
  replaces: v.optional(v.pipe(v.array(uuid), v.minLength(1), v.maxLength(REPLACED_MAX))),
});
export type CheckInBody = v.InferOutput<typeof checkInBody>;

/** What a member says ahead of a meeting: 「我去不了」, or that they can come after all. No cause is asked or kept. */
export const absenceBody = v.strictObject({ activity: uuid, coming: v.boolean() });
export type AbsenceBody = v.InferOutput<typeof absenceBody>;

/** `key`: 32 random bytes, base64url. */
export const presenceKeyBody = v.strictObject({
  key: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
});
export type PresenceKeyBody = v.InferOutput<typeof presenceKeyBody>;
