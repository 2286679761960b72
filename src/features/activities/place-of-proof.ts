import type { Activity } from '#domain/activities.ts';
import type { ProofBody } from '#domain/bodies/proof.ts';
import { civilDay } from '#domain/civil-day.ts';
import { isInBranch, type Grant } from '#domain/roles.ts';

/** Where an own proof belongs. elsewhere: a meeting of a branch that this person is not in. */
type PlaceOfProof =
  { is: 'branch'; scope: string } | { is: 'choose'; scopes: string[] } | { is: 'elsewhere' };

/**
 * The branch of the scanned activity, where this phone knows it; of digits that of today's meetings; else
 * the person's own. Which of several, only the person can say. What is wrong with a code the desk finds.
 */
export function placeOfProof(
  body: ProofBody,
  known: {
    grants: readonly Grant[];
    activities: readonly Pick<Activity, 'id' | 'scope' | 'starts'>[];
    today: string;
  },
): PlaceOfProof {
  const inBranch = known.grants.filter(({ role }) => isInBranch(role));
  const own = [...new Set(inBranch.map(({ scope }) => scope))];
  const meant = known.activities.filter(({ id, starts }) =>
    body.way === 'code' ? id === body.activity : civilDay(starts) === known.today,
  );
  const fit = own.filter((one) => meant.some(({ scope }) => scope === one));
  const isElsewhere = body.way === 'code' && meant.length > 0 && fit.length === 0;
  const scopes = fit.length > 0 ? fit : own;
  if (isElsewhere || scopes[0] === undefined) return { is: 'elsewhere' };
  return scopes.length > 1 ? { is: 'choose', scopes } : { is: 'branch', scope: scopes[0] };
}
