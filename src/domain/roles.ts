/**
 * What a person may be in a scope. A role begins and ends by dated records; the server tells the current
 * ones. `second`: reports to this branch besides their own (seconds.ts), reads what its members read and
 * is never its own. `left`: was one of either and reads the own rows there, nothing else; it is told,
 * never stored or given.
 */
export const ROLES = [
  'member',
  'committee',
  'secretary',
  'reviewer',
  'administrator',
  'second',
  'left',
] as const;
export type Role = (typeof ROLES)[number];

/** One role of one person in one scope, as the server last said. */
export interface Grant {
  /** A branch's, township's or the county's id. */
  scope: string;
  role: Role;
}

/** Secretary and committee share the desk: roster, rolls, presence key. */
export function isDesk(role: Role): boolean {
  return role === 'secretary' || role === 'committee';
}

/** Whether whoever has this role takes part in the branch's life, also beside that of their own. */
export function isInBranch(role: Role): boolean {
  return role === 'second' || isOfBranch(role);
}

/** Whether whoever has this role is one of the branch: a second membership makes nobody its own. */
export function isOfBranch(role: Role): boolean {
  return role === 'member' || isDesk(role);
}

/** Whether these grants hold a desk role in the scope. */
export function hasDesk(grants: readonly Grant[], scope: string): boolean {
  return grants.some((grant) => grant.scope === scope && isDesk(grant.role));
}

/** The scope of a person's self records; it never moves. */
export function personScope(person: string): string {
  return `person:${person}`;
}
