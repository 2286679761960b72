import { BY_NAME_MAX, GROUP_MAX, type MemberBody } from '#domain/bodies/people.ts';
import { NAME_MAX } from '#domain/bodies/shared.ts';
import type { RosterMember } from '#domain/roster.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { typedLine, typedName } from '#lib/typed-text.ts';

/** What the desk types of one person; names are typed in each script, never converted. */
export interface PersonForm {
  hans: string;
  hant: string;
  group: string;
  byName: string;
}

/** Which field needs another look; each has a text under desk.wrong. */
export type PersonFault = 'name' | 'name-long' | 'group-long' | 'by-name-long';

/** The form as the roster has it. */
export function formOf({ names, group, byName }: RosterMember): PersonForm {
  return {
    hans: names.hans ?? '',
    hant: names.hant ?? '',
    group: group ?? '',
    byName: byName ?? '',
  };
}

/** The `member` record that the form asks for, with the card that the person has. */
export function memberOf(form: PersonForm, card: string): Result<MemberBody, PersonFault> {
  const { hans, hant, group, byName } = typed(form);
  if (!hans && !hant) return fail('name');
  if ([hans, hant].some((name) => name.length > NAME_MAX)) return fail('name-long');
  if (group.length > GROUP_MAX) return fail('group-long');
  if (byName.length > BY_NAME_MAX) return fail('by-name-long');
  return ok({
    names: { ...(hans && { hans }), ...(hant && { hant }) },
    card,
    ...(group && { group }),
    ...(byName && { byName }),
  });
}

/** Whether two forms would write the same record. */
export function isSameForm(a: PersonForm, b: PersonForm): boolean {
  const [before, after] = [typed(a), typed(b)];
  return (['hans', 'hant', 'group', 'byName'] as const).every(
    (field) => before[field] === after[field],
  );
}

function typed({ hans, hant, group, byName }: PersonForm): PersonForm {
  return {
    hans: typedName(hans),
    hant: typedName(hant),
    group: typedLine(group),
    byName: typedName(byName),
  };
}
