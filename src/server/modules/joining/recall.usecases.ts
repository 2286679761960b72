/**
 * Recalling people by their cookies (protocol/recall.ts). Promises: only who could sync with that
 * token is told anything; a revoked device is not; nothing is written.
 */
import { personScope } from '#domain/roles.ts';
import { findCounty } from '#server/db/county.ts';
import { inScopes } from '#server/db/database.ts';
import { findSession, tokenHash } from '#server/http/session.ts';
import type { TokenCookie } from '#server/http/token-cookie.ts';
import type { RecallAnswer } from '#protocol/recall.ts';
import {
  findInvitation,
  findInvitedBy,
  findNamesAnywhere,
  findReached,
  findScopesEver,
} from './joining.repository.ts';
import type { JoiningDeps } from './joining.usecases.ts';
import { placeNames } from './place-names.ts';

type Recalled = RecallAnswer['people'][number];

/** Who is recalled, and which cookies are good for nothing any more. */
export async function recall(
  deps: JoiningDeps,
  cookies: readonly TokenCookie[],
): Promise<{ people: Recalled[]; over: string[] }> {
  const people: Recalled[] = [];
  const over: string[] = [];
  for (const { name, token } of cookies) {
    const one = await recallOne(deps, token);
    if (one === 'over') over.push(name);
    else if (one) people.push(one);
  }
  return { people, over };
}

/** Null where nothing can be told of somebody just now, such as a name that has not arrived yet. */
async function recallOne(
  { database, clock }: JoiningDeps,
  token: string,
): Promise<Recalled | 'over' | null> {
  const { db } = database;
  const session = await findSession(db, `Bearer ${token}`, clock.now());
  if (!session.ok) return 'over';
  const county = await findCounty(db);
  const invited = await findInvitedBy(db, tokenHash(token));
  if (!county || !invited) return null;
  const { person, device, epoch } = session.value;
  // The first sync tells of second memberships, where it knows what the phone can read.
  const grants = session.value.grants.filter(({ role }) => role !== 'second');
  const scopes = [
    ...new Set([personScope(person), invited.scope, ...(await findScopesEver(db, person))]),
  ];
  return inScopes(database, scopes, async (tx) => {
    const invitation = await findInvitation(tx, invited.hash, 'look');
    const of = { scopes, person, now: clock.now() };
    const names = invitation?.names ?? (await findNamesAnywhere(tx, of));
    if (!invitation || !names) return null;
    return {
      ...{ person, device, token, grants, epoch, names },
      seq: await findReached(tx, scopes, device),
      place: placeNames(invitation.place, invitation.township),
      county: { id: county.id, names: county.names, demo: county.demo },
    };
  });
}
