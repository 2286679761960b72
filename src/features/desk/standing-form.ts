import type { MemberState, Membership, StandingBody } from '#domain/bodies/people.ts';
import { isCivilDay } from '#domain/civil-day.ts';
import type { Standing } from '#domain/standing.ts';
import { fail, ok, type Result } from '#lib/result.ts';

/** What the desk chooses for one person, and from which day it holds. */
export interface StandingForm {
  /** '' while nobody has said. */
  membership: Membership | '';
  state: MemberState;
  /** '' for nobody. */
  contact: string;
  from: string;
}

/** Which field needs another look; each has a text under desk.wrong. */
export type StandingFault = 'day' | 'contact';

/** The form as things stand on `today`. */
export function standingFormOf(standing: Standing, today: string): StandingForm {
  return {
    membership: standing.membership ?? '',
    state: standing.state,
    contact: standing.contact ?? '',
    from: today,
  };
}

/**
 * What is to be written: one body for each thing that changed, none where nothing did. A migrant has
 * a contact person (2019 regulation, art. 32); no cause is asked for any state.
 */
export function changesOf(
  form: StandingForm,
  standing: Standing,
): Result<StandingBody[], StandingFault> {
  const { from, membership, state, contact } = form;
  if (!isCivilDay(from)) return fail('day');
  if (state === 'migrant' && !contact) return fail('contact');
  const changes: StandingBody[] = [];
  if (membership && membership !== standing.membership)
    changes.push({ of: 'membership', is: membership, from });
  if (state !== standing.state) changes.push({ of: 'state', is: state, from });
  if (state === 'migrant' && contact !== standing.contact)
    changes.push({ of: 'contact', is: contact, from });
  return ok(changes);
}
