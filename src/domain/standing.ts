/**
 * What somebody is in a branch on a day, folded from dated `standing` records. A term runs from its
 * first day to the day before `to`; of the terms of one thing that run on a day the one that began
 * last stands, so that what is typed late about an earlier time changes nothing of today.
 */
import type { MemberState, Membership, StandingBody } from './bodies/people.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

export interface Standing {
  /** Null where nobody has said. */
  membership: Membership | null;
  state: MemberState;
  /** The day from which the state holds; null where nobody has said. */
  since: string | null;
  /** The contact person's id. */
  contact: string | null;
}

/** Of somebody of whom nothing is recorded. */
export const NO_STANDING: Standing = {
  membership: null,
  state: 'listed',
  since: null,
  contact: null,
};

/** Everybody's standing on `day` (YYYY-MM-DD); people without any record are left out. */
export function foldStandings(
  records: readonly Foldable<unknown>[],
  day: string,
): Map<string, Standing> {
  const ordered = inOrder(readable(records)).filter(
    (record) => record.kind === 'standing' && !waits(record),
  );
  const replaced = new Set(ordered.flatMap(({ body }) => (body as StandingBody).replaces ?? []));
  const standings = new Map<string, Standing>();
  const began = new Map<string, string>();
  for (const { id, subject, body } of ordered) {
    const term = body as StandingBody;
    if (!subject || replaced.has(id) || !runsOn(term, day)) continue;
    const key = `${subject} ${term.of}`;
    if (term.from < (began.get(key) ?? '')) continue;
    began.set(key, term.from);
    standings.set(subject, withTerm(standings.get(subject) ?? NO_STANDING, term));
  }
  return standings;
}

function runsOn({ from, to }: StandingBody, day: string): boolean {
  return from <= day && (to === undefined || day < to);
}

function withTerm(standing: Standing, term: StandingBody): Standing {
  switch (term.of) {
    case 'membership':
      return { ...standing, membership: term.is };
    case 'state':
      return { ...standing, state: term.is, since: term.from };
    case 'contact':
      return { ...standing, contact: term.is };
  }
}
