import * as v from 'valibot';
import { ACTIVITY_TYPES } from './attendance.ts';
import { day, line, names, uuid } from './shared.ts';

/** The report names a method, not five things: a branch may have fewer, and none is none. */
export const OWN_RULES_MAX = 5;
export const OWN_RULE_LENGTH = 40;

/** The branch's own 「五不」, as it typed them; the last ones stand. */
export const ownRulesBody = v.strictObject({
  lines: v.pipe(v.array(line(OWN_RULE_LENGTH)), v.maxLength(OWN_RULES_MAX)),
});
export type OwnRulesBody = v.InferOutput<typeof ownRulesBody>;

/** SHA-256 of a record, base64url. */
const hash = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

/**
 * What a host branch recorded of subject, handed in by themselves: the branch by its names, the activity,
 * and by `record` and `hash` the host's line, which the home branch never sees.
 */
export const attendedBody = v.strictObject({
  host: uuid,
  names,
  activity: uuid,
  title: line(40),
  type: v.picklist(ACTIVITY_TYPES),
  day,
  state: v.picklist(['present', 'online']),
  record: uuid,
  hash,
});
export type AttendedBody = v.InferOutput<typeof attendedBody>;

/** The server holds such a line, as the record of this id and hash says it. There is no word for one that it lacks. */
export const attendedCheckedBody = v.strictObject({ record: uuid, hash });
export type AttendedCheckedBody = v.InferOutput<typeof attendedCheckedBody>;

/** Subject is the contact person of `member` from a day on, or to a day: their own phone has no roster. */
export const contactPersonBody = v.strictObject({
  member: uuid,
  names,
  from: day,
  /** The first day on which they are it no more; left out while it lasts. */
  to: v.optional(day),
});
export type ContactPersonBody = v.InferOutput<typeof contactPersonBody>;

/** On that day subject, their contact person, was in touch with `member`. No place, cause or word of it. `not`: a slip. */
export const contactBody = v.strictObject({
  member: uuid,
  day,
  not: v.optional(v.literal(true)),
});
export type ContactBody = v.InferOutput<typeof contactBody>;
