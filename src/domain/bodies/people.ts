import * as v from 'valibot';
import { line, names, time } from './shared.ts';

/** A member's code and card carry this random id (80 bits, Crockford base32); it means nothing elsewhere. */
const card = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/));

export const memberBody = v.strictObject({
  names,
  group: v.optional(line(20)),
  card,
});
export type MemberBody = v.InferOutput<typeof memberBody>;

/** `hash`: SHA-256 of the invitation's secret, base64url; `expires`: ms, server time. */
export const invitationBody = v.strictObject({
  hash: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  role: v.picklist(['member', 'secretary']),
  expires: time,
});
export type InvitationBody = v.InferOutput<typeof invitationBody>;

/** `notice`: version of the notice that was on the screen when the person agreed. */
export const consentBody = v.strictObject({
  notice: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
