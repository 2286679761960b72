/**
 * Looking at an invitation and joining by it (protocol/join.ts).
 *
 * Promises: looking spends nothing; joining spends the invitation once, in one transaction; the same
 * secret, device and token again get the same answer; a desk's invitation never opens the way to
 * somebody who has more than a membership, and the way of somebody who had is an act (db/acts.ts).
 */
import { civilDay } from '#domain/civil-day.ts';
import { invitationHash } from '#domain/invitations.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { isOfBranch, personScope, type Grant } from '#domain/roles.ts';
import type { Clock } from '#lib/clock.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { JoinAnswer, JoinRequest, LookAnswer } from '#protocol/join.ts';
import { appendAct } from '#server/db/acts.ts';
import { findCounty, type CountyFacts } from '#server/db/county.ts';
import { inScopes, type Database, type Tx } from '#server/db/database.ts';
import { everHeldMore } from '#server/db/ever-held-more.ts';
import type { Disk } from '#server/disk.ts';
import { isDeviceOfAnother, tokenHash } from '#server/http/session.ts';
import type { JoiningError } from './joining.errors.ts';
import {
  findGrants,
  findInvitation,
  findInvited,
  findNames,
  findPlace,
  findRolesToCome,
  grantByJoining,
  hasDevice,
  hasLeft,
  spendInvitation,
  type Invitation,
} from './joining.repository.ts';
import { placeNames } from './place-names.ts';

export interface JoiningDeps {
  database: Database;
  clock: Clock;
  disk: Disk;
}

/** A raw P-256 public key in base64url. */
export const KEY = /^[\w-]{1,128}$/;

/** Which county this is. A server answers only once it has one. */
export async function county({
  database,
}: JoiningDeps): Promise<Result<JoinAnswer['county'], JoiningError>> {
  const found = await findCounty(database.db);
  return found ? ok(countyAnswer(found)) : fail('invitation.unknown');
}

/** Whom the invitation is for and where; changes nothing. */
export async function look(
  deps: JoiningDeps,
  secret: string,
): Promise<Result<LookAnswer, JoiningError>> {
  return open(deps, secret, 'look', async ({ tx, invitation, names, county }) => {
    if (invitation.usedDevice) return fail('invitation.used');
    const problem = await closed(deps, tx, invitation);
    if (problem) return fail(problem);
    const place = placeNames(invitation.place, invitation.township);
    return ok({ role: invitation.role, names, place, county: countyAnswer(county) });
  });
}

/** Spends the invitation for this device, or repeats the answer to the same device and token. */
export async function join(
  deps: JoiningDeps,
  request: JoinRequest,
): Promise<Result<JoinAnswer, JoiningError>> {
  // The invitation stays as it is and opens once there is room.
  if (await deps.disk.isLow()) return fail('server.disk-low');
  return open(deps, request.secret, 'lock', async ({ tx, invitation, names, county }) => {
    const again = isUsedBy(invitation, request);
    if (invitation.usedDevice && !again) return fail('invitation.used');
    const problem = again ? null : await spend(deps, tx, invitation, request);
    if (problem) return fail(problem);
    return ok(await welcome(deps, { tx, invitation, names, county }));
  });
}

/** Whether this very device spent the invitation and is still let in: a lost answer is told again. */
export function isUsedBy(
  { usedDevice, usedTokenHash, usedEnded }: Invitation,
  { device, token }: Pick<JoinRequest, 'device' | 'token'>,
): boolean {
  return usedDevice === device && !usedEnded && usedTokenHash?.equals(tokenHash(token)) === true;
}

/** What a device is told that is in. */
export async function welcome(
  { clock }: JoiningDeps,
  { tx, invitation, names, county }: Opened,
): Promise<JoinAnswer> {
  const { person, scope } = invitation;
  const now = clock.now();
  const grants = await findGrants(tx, person, now);
  const own = grants.find(({ role }) => isOfBranch(role))?.scope ?? scope;
  // Whoever moved to another branch came by an invitation of the one before.
  const isThere = own === scope || grants.some((grant) => grant.scope === scope);
  const { place, township } = (isThere ? null : await findPlace(tx, own)) ?? invitation;
  return {
    ...{ person, names, place: placeNames(place, township), grants },
    ...{ county: countyAnswer(county), epoch: county.epoch, now },
  };
}

/** An invitation and whom it is for, in a transaction of its scope and its person's. */
export interface Opened {
  tx: Tx;
  invitation: Invitation;
  names: Names;
  county: CountyFacts;
}

/** Finds what the secret opens; everything is done in one transaction. */
export async function open<T>(
  { database }: JoiningDeps,
  secret: string,
  lock: 'lock' | 'look',
  work: (opened: Opened) => Promise<Result<T, JoiningError>>,
): Promise<Result<T, JoiningError>> {
  const hash = invitationHash(secret);
  const invited = await findInvited(database.db, hash);
  const county = await findCounty(database.db);
  if (!invited || !county) return fail('invitation.unknown');
  const { scope, person } = invited;
  return inScopes(database, [scope, personScope(person)], async (tx) => {
    const invitation = await findInvitation(tx, hash, lock);
    if (!invitation) return fail('invitation.unknown');
    const names = invitation.names ?? (await findNames(tx, scope, invitation.person));
    // The name may still be on the secretary's phone; it comes with the same sync or the next.
    return names ? work({ tx, invitation, names, county }) : fail('invitation.unknown');
  });
}

/** Why an invitation opens nothing, though nobody used it; null where it does. */
export async function closed({ clock }: JoiningDeps, tx: Tx, invitation: Invitation) {
  if (clock.now() >= invitation.expires) return 'invitation.expired';
  if (invitation.role !== 'member') return null;
  const grants = await findGrants(tx, invitation.person, clock.now());
  const here = grants.every(({ scope }) => scope === invitation.scope);
  // Whoever left this branch or is on the way to another comes by a record of their new branch alone.
  if (grants.length === 0 && (await hasLeft(tx, invitation.person, clock.now())))
    return 'invitation.expired';
  const roles = [
    ...grants.map(({ role }) => role),
    ...(await findRolesToCome(tx, invitation.person, clock.now())),
  ];
  const isPlain = roles.every((role) => role === 'member');
  // Somebody of the committee who never had a phone: nobody's place is taken.
  const isFirst = async () =>
    roles.every((role) => role !== 'secretary') && !(await hasDevice(tx, invitation.person));
  return here && (isPlain || (await isFirst())) ? null : 'invitation.expired';
}

async function spend(
  deps: JoiningDeps,
  tx: Tx,
  invitation: Invitation,
  { device, token, key }: JoinRequest,
): Promise<JoiningError | null> {
  if (key !== undefined && !KEY.test(key)) return 'request.malformed';
  const problem = await closed(deps, tx, invitation);
  if (problem) return problem;
  const { person, scope } = invitation;
  const now = deps.clock.now();
  const day = civilDay(now);
  const by = {
    scope: personScope(person),
    device,
    tokenHash: tokenHash(token),
    key: key ?? null,
    day,
  };
  if (await isDeviceOfAnother(tx, { device, person })) return 'request.malformed';
  if (!(await spendInvitation(tx, invitation, by))) return 'request.malformed';
  await grantByJoining(tx, { scope, role: grantedBy(invitation) }, person, day);
  const { role, hash } = invitation;
  // A member's joining is no act: no table tells who came when. Of whoever kept a roster it is one, so
  // that nobody takes a role away, opens the way to it, and gives it back unseen.
  if (role === 'member' && !(await everHeldMore(tx, person))) return null;
  const detail = { role, invitation: hash };
  await appendAct(tx, { kind: 'join', by: { person, device }, scope, person, detail }, now);
  return null;
}

/** A secretary's role comes from its dated record alone, which may have ended since. */
function grantedBy({ role }: Invitation): Grant['role'] {
  return role === 'secretary' || role === 'committee' ? 'member' : role;
}

function countyAnswer(county: CountyFacts) {
  return { id: county.id, names: county.names, demo: county.demo };
}
