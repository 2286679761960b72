/**
 * Who may read a row, as pure functions over its audience (PRODUCT.md, "Who sees what").
 * A device pulls each scope through views; each view has its own cursor, so that desk rows
 * arrive from 0 when a desk role begins and go when it ends.
 */
import { hasDesk, isInBranch, personScope, type Grant } from './roles.ts';

/**
 * self: its owner's devices · own: subject and desk · desk: secretary and committee devices ·
 * pair: subject and the secretary, nobody else of the desk ·
 * branch: every member's device · township: dated roles and what is sent there ·
 * review: reviewers · admin: organisations and roles, nothing about persons · sponsor: words to those
 * who run the county's server, past every branch; whoever wrote them has their own copy on the phone.
 */
export const AUDIENCES = [
  'self',
  'own',
  'desk',
  'pair',
  'branch',
  'township',
  'review',
  'admin',
  'sponsor',
] as const;
export type Audience = (typeof AUDIENCES)[number];

/**
 * `own`: of a branch that was left, the rows about the reader, since version 3 of the protocol. `secretary`:
 * what the committee does not read, since version 5; a view of its own, so that it begins at 0 for whoever
 * was on the committee before and leaves the phone with the office.
 */
export const VIEWS = ['self', 'member', 'desk', 'review', 'admin', 'own', 'secretary'] as const;
export type View = (typeof VIEWS)[number];

/** One stream of rows that a device follows. */
export interface ScopeView {
  scope: string;
  view: View;
}

/** Which audiences a view shows whole, and which only where the reader is the subject. */
export const VIEW_AUDIENCES: Record<
  View,
  { all: readonly Audience[]; ofSubject: readonly Audience[] }
> = {
  // In a person's own scope the server tells them what concerns no branch.
  self: { all: ['self'], ofSubject: ['own'] },
  member: { all: ['branch'], ofSubject: ['own', 'township', 'pair'] },
  desk: { all: ['own', 'desk', 'township'], ofSubject: [] },
  review: { all: ['review'], ofSubject: [] },
  admin: { all: ['admin', 'sponsor'], ofSubject: [] },
  own: { all: [], ofSubject: ['own', 'township', 'pair'] },
  secretary: { all: ['pair'], ofSubject: [] },
};

/** Every stream that this person's devices may follow now. */
export function viewsOf(person: string, grants: readonly Grant[]): ScopeView[] {
  const views: ScopeView[] = [{ scope: personScope(person), view: 'self' }];
  for (const scope of new Set(grants.map((grant) => grant.scope))) {
    const roles = grants.filter((grant) => grant.scope === scope).map((grant) => grant.role);
    if (roles.some(isInBranch)) views.push({ scope, view: 'member' });
    else if (roles.includes('left')) views.push({ scope, view: 'own' });
    if (hasDesk(grants, scope)) views.push({ scope, view: 'desk' });
    if (roles.includes('secretary')) views.push({ scope, view: 'secretary' });
    if (roles.includes('reviewer')) views.push({ scope, view: 'review' });
    if (roles.includes('administrator')) views.push({ scope, view: 'admin' });
  }
  return views;
}

/** What of a row decides who may read it. */
export interface Addressed {
  scope: string;
  audience: Audience;
  subject: string | null;
}

/** Whether this person may read the row with these grants. */
export function mayRead(person: string, grants: readonly Grant[], row: Addressed): boolean {
  return viewsOf(person, grants).some(
    ({ scope, view }) =>
      scope === row.scope &&
      (VIEW_AUDIENCES[view].all.includes(row.audience) ||
        (VIEW_AUDIENCES[view].ofSubject.includes(row.audience) && row.subject === person)),
  );
}
