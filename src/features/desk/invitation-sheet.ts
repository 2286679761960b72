import type { InvitationBody } from '#domain/bodies/people.ts';
import type { RosterMember } from '#domain/roster.ts';
import type { Random } from '#lib/random.ts';
import { invitationLink, newInvitation } from './invitation.ts';

/** One person's paper. `link` holds the secret; `body` goes into the record and knows its hash alone. */
export interface Paper {
  member: RosterMember;
  link: string;
  body: InvitationBody;
}

/**
 * For whom a paper may be made: whoever is on the list, has no role (those are invited from above) and
 * has not agreed on a phone in this branch yet. `arrived`: the branch's consents.
 */
export function invitablePeople(
  roster: readonly RosterMember[],
  arrived: readonly { subject: string | null }[],
): RosterMember[] {
  const here = new Set(arrived.map(({ subject }) => subject));
  return roster.filter(({ person, role }) => role === null && !here.has(person));
}

/** A new invitation for each of them, in their order. `now`: corrected time, ms. */
export function papersFor(
  members: readonly RosterMember[],
  { now, random, origin }: { now: number; random: Random; origin: string },
): Paper[] {
  return members.map((member) => {
    const { secret, body } = newInvitation('member', now, random);
    return { member, link: invitationLink(origin, secret), body };
  });
}

/** Papers two by two, as they lie on the sheet. */
export function inPairs<T>(list: readonly T[]): T[][] {
  return list.flatMap((one, i) => (i % 2 === 0 ? [[one, ...list.slice(i + 1, i + 2)]] : []));
}
