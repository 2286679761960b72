import * as v from 'valibot';
import type { InvitationBody } from '#domain/bodies/people.ts';
import { invitationHash } from '#domain/invitations.ts';
import { toBase64Url } from '#lib/base64.ts';
import type { Random } from '#lib/random.ts';

/** 256 bits: an invitation can't be guessed (PRODUCT and ARCHITECTURE ask for 128 at least). */
const SECRET_BYTES = 32;

const HOUR_MS = 3_600_000;

/** How long an invitation holds, ms: a member's is printed and handed round, a desk's is used the same day. */
export const INVITATION_MS: Record<InvitationBody['role'], number> = {
  member: 30 * 24 * HOUR_MS,
  secretary: 24 * HOUR_MS,
};

/** What stays on this phone alone, so that the link can be shown again. */
const keptSchema = v.object({ record: v.string(), secret: v.string(), expires: v.number() });
export type KeptInvitation = v.InferOutput<typeof keptSchema>;

/** A new secret and the record that lets the server know it by its hash. `now`: corrected time, ms. */
export function newInvitation(
  role: InvitationBody['role'],
  now: number,
  random: Random,
): { secret: string; body: InvitationBody } {
  const secret = toBase64Url(random.bytes(SECRET_BYTES));
  const expires = now + INVITATION_MS[role];
  return { secret, body: { hash: invitationHash(secret), role, expires } };
}

/** The link that opens it; the secret stands in the fragment, which browsers never send. */
export function invitationLink(origin: string, secret: string): string {
  return `${origin}/join#${secret}`;
}

/** The kept invitation while it still holds, else null. */
export function stillHolds(kept: unknown, now: number): KeptInvitation | null {
  const parsed = v.safeParse(keptSchema, kept);
  return parsed.success && parsed.output.expires > now ? parsed.output : null;
}

/** The name under which a person's invitation is kept. */
export function keptName(person: string): string {
  return `invitation.${person}`;
}

/**
 * What may be said of an invitation, never ahead of the fact. none: there is none to show.
 * waiting: the county does not have it yet. used: a consent came in after it.
 */
export type InvitationState = 'none' | 'waiting' | 'ready' | 'refused' | 'used';

/**
 * Judges the kept invitation over the person's records in the branch. `hasPhone`: a phone is theirs; who
 * joined by it on one that was ended since needs a new one.
 */
export function invitationState(
  kept: KeptInvitation | null,
  records: readonly { id: string; kind: string; n: number | null; state: string }[],
  hasPhone: boolean,
): InvitationState {
  const record = records.find(({ id }) => id === kept?.record);
  const joinedAt = Math.max(
    ...records.filter(({ kind }) => kind === 'consent').map(({ n }) => n ?? Infinity),
  );
  if (joinedAt > (record ? (record.n ?? Infinity) : 0)) return hasPhone ? 'used' : 'none';
  if (!record) return 'none';
  if (record.state === 'refused') return 'refused';
  return record.state === 'saved' ? 'waiting' : 'ready';
}
