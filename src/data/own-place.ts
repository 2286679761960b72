import type { AboutBody } from '#domain/bodies/organisation.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { inOrder, readable } from '#domain/fold.ts';
import { isOfBranch, type Grant } from '#domain/roles.ts';
import type { LedgerRecord } from './ledger/ledger.ts';
import type { Person } from './ledger/person.ts';

/** What the `about` records among these call their branches today. */
export function namesIn(records: readonly LedgerRecord[]): Map<string, Names> {
  const abouts = inOrder(readable(records.filter(({ kind }) => kind === 'about')));
  return new Map(abouts.map(({ scope, body }) => [scope, (body as AboutBody).names]));
}

/** The scope of a person's own branch; of whoever has none, of their office. */
export function ownScope(grants: readonly Grant[]): string | undefined {
  const office = ({ role }: Grant) => role === 'reviewer' || role === 'administrator';
  return (grants.find(({ role }) => isOfBranch(role)) ?? grants.find(office))?.scope;
}

/**
 * What it is called, `named` being what its rows on this phone say. Joining told a name too, of the
 * branch of that day: it is given only where they are nowhere else since. Empty where it is not known
 * yet: never the name of a branch that they left.
 */
export function ownPlace(
  { grants, place }: Pick<Person, 'grants' | 'place'>,
  named: ReadonlyMap<string, Names> = new Map(),
): Names {
  const scope = ownScope(grants);
  if (scope === undefined) return {};
  const isAsJoined = grants.every(({ role }) => role !== 'left');
  return named.get(scope) ?? (isAsJoined ? place : {});
}
