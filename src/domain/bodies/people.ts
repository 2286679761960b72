import * as v from 'valibot';
import { day, line, names, time, uuid } from './shared.ts';

/** A member's code and card carry this random id (80 bits, Crockford base32); it means nothing elsewhere. */
const card = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/));

/** What the branch itself calls one of two people of one name. */
export const BY_NAME_MAX = 10;
export const GROUP_MAX = 20;

/** `byName` came with version 2: what tells this person from a namesake beside the group. */
export const memberBody = v.strictObject({
  names,
  group: v.optional(line(GROUP_MAX)),
  byName: v.optional(line(BY_NAME_MAX)),
  card,
});
export type MemberBody = v.InferOutput<typeof memberBody>;

/** 正式, 預備 */
export const MEMBERSHIPS = ['full', 'probationary'] as const;
export type Membership = (typeof MEMBERSHIPS)[number];

/** 在冊, 流動, 可不到會, 不再列入. None of them holds a cause (PRODUCT.md, relief 7). */
export const MEMBER_STATES = ['listed', 'migrant', 'excused', 'unlisted'] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

const term = {
  from: day,
  /** The first day on which it is over; left out while it lasts. */
  to: v.optional(day),
  /** Records that this one puts right: from now on they never were. */
  replaces: v.optional(v.pipe(v.array(uuid), v.minLength(1), v.maxLength(16))),
};

/** What somebody is in a branch from a day on. One record says one thing; the rest stands. */
export const standingBody = v.variant('of', [
  v.strictObject({ of: v.literal('membership'), is: v.picklist(MEMBERSHIPS), ...term }),
  v.strictObject({ of: v.literal('state'), is: v.picklist(MEMBER_STATES), ...term }),
  /** The contact person of a migrant (2019 regulation, art. 32). */
  v.strictObject({ of: v.literal('contact'), is: uuid, ...term }),
]);
export type StandingBody = v.InferOutput<typeof standingBody>;

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
export type ConsentBody = v.InferOutput<typeof consentBody>;
