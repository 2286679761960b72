import * as v from 'valibot';
import { line, time, uuid } from './shared.ts';

/**
 * The kinds of meeting that party rules name, and what the report adds. A hall code names a type by its
 * place in this list, so a new one comes last; what each of them asks is in activity-types.ts.
 */
export const ACTIVITY_TYPES = [
  'theme-day',
  'members-meeting',
  'committee-meeting',
  'group-meeting',
  'lecture',
  'organisation-life',
  'migrant-session',
  'other',
  'work-meeting',
  'organisers-talk',
  'training',
  'volunteering',
  'red-route',
] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

/** What a meeting decides by a show of hands, or not at all (quorum.ts). */
export const QUORUMS = ['none', 'vote', 'election'] as const;
export type Quorum = (typeof QUORUMS)[number];

/**
 * `starts`: planned begin, ms, corrected time. The record's own id is the activity's id. Since version 2:
 * `quorum`, left out where nothing is decided; `group` of a group's meeting, as the roster writes it;
 * `late`: why it was entered after the day, printed on the sheet (事後補錄).
 */
export const activityBody = v.strictObject({
  type: v.picklist(ACTIVITY_TYPES),
  title: line(40),
  place: v.optional(line(40)),
  starts: time,
  quorum: v.optional(v.picklist(QUORUMS)),
  group: v.optional(line(20)),
  late: v.optional(line(60)),
});
export type ActivityBody = v.InferOutput<typeof activityBody>;

/** What became of an activity: held at another time or place, called off, or on after all. */
export const activityChangeBody = v.strictObject({
  activity: uuid,
  is: v.picklist(['moved', 'off', 'on']),
  starts: v.optional(time),
  place: v.optional(line(40)),
});
export type ActivityChangeBody = v.InferOutput<typeof activityChangeBody>;

/**
 * `none` takes an entry back: the person was tapped by mistake. `excused`: 可不到會 this once. No state
 * holds a cause.
 */
export const CHECK_IN_STATES = ['present', 'online', 'leave', 'none', 'excused'] as const;
export type CheckInState = (typeof CHECK_IN_STATES)[number];

/** More desks than this never disagree about one person. */
const REPLACED_MAX = 16;

/** Ids of records, at least one. */
const ids = v.pipe(v.array(uuid), v.minLength(1), v.maxLength(REPLACED_MAX));

/**
 * `replaces`: every standing record about this person that the desk had seen; this one decides.
 * Since version 2: `proofs`, the member's own scans and digits that the desk had seen and that are
 * decided by it; `how` paper: typed in later from the signed sheet.
 */
export const checkInBody = v.strictObject({
  activity: uuid,
  state: v.picklist(CHECK_IN_STATES),
  how: v.picklist(['tap', 'scan', 'paper']),
  replaces: v.optional(ids),
  proofs: v.optional(ids),
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
