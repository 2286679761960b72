import type { RoleBody } from '#domain/bodies/organisation.ts';
import { isCivilDay } from '#domain/civil-day.ts';
import type { RosterMember } from '#domain/roster.ts';
import { fail, ok, type Result } from '#lib/result.ts';

/** What the secretary chooses for one person of the branch, and from which day it holds. */
export interface RoleForm {
  role: RoleBody['role'] | 'none';
  from: string;
  /** What becomes of the secretary who hands over; '' while they have not said. */
  own: 'stays' | 'ends' | '';
}

/** Which field needs another look; each has a text under desk.wrong. */
export type RoleFault = 'role-day' | 'own' | 'last-secretary' | 'not-joined';

/** A role that begins or ends. */
export interface RoleChange {
  subject: string;
  body: RoleBody;
}

/** Whom it is about, who decides, and the branch. */
export interface RoleFacts {
  member: RosterMember;
  self: RosterMember;
  roster: readonly RosterMember[];
  /** The member has agreed on a phone of their own. */
  hasJoined: boolean;
}

/** The form as things stand on `today`. */
export function roleFormOf(member: RosterMember, today: string): RoleForm {
  return { role: member.role ?? 'none', from: today, own: '' };
}

/** Whether the secretary is asked what becomes of them: somebody else takes over. */
export function handsOver(form: RoleForm, member: RosterMember, self: RosterMember): boolean {
  return form.role === 'secretary' && member.role !== 'secretary' && member.person !== self.person;
}

/**
 * The records that say so, none where nothing changed; what ends the writer's own role comes last, so
 * that they still may write the others. A branch is never left without a secretary, and nothing
 * begins on a day that is still to come: what a phone holds changes with the record.
 */
export function roleChangesOf(
  form: RoleForm,
  { member, self, roster, hasJoined }: RoleFacts,
  today: string,
): Result<RoleChange[], RoleFault> {
  const over = handsOver(form, member, self);
  if (!isCivilDay(form.from) || form.from > today) return fail('role-day');
  // A secretary without a phone keeps no roster, and their invitation comes from the county alone.
  if (over && !hasJoined) return fail('not-joined');
  if (over && form.own === '') return fail('own');
  const changes: RoleChange[] = [];
  if (form.role === member.role || (form.role === 'none' && !member.role)) return ok(changes);
  const ending = [...(member.role ? [member] : []), ...(over && form.own === 'ends' ? [self] : [])];
  if (ending.some(({ roleSince }) => roleSince !== null && form.from < roleSince))
    return fail('role-day');
  const others = roster.filter((one) => one.role === 'secretary' && one.person !== member.person);
  if (member.role === 'secretary' && others.length === 0) return fail('last-secretary');
  if (form.role !== 'none')
    changes.push({
      subject: member.person,
      body: { ...named(member), role: form.role, from: form.from },
    });
  return ok([...changes, ...ending.map((one) => ended(one, form.from))]);
}

function named({ names, card }: RosterMember) {
  return { names, card };
}

function ended(member: RosterMember, day: string): RoleChange {
  const { role, roleSince } = member;
  const term = { role: role ?? 'committee', from: roleSince ?? day, to: day };
  return { subject: member.person, body: { ...named(member), ...term } };
}
