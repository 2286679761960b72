/**
 * An empty phone that asks to be let in again (protocol/rejoin.ts).
 *
 * Promises: a request gives nobody anything, neither a name nor a row; only by a member's invitation
 * that opens nothing any more; a few wait for one person at a time, so that whoever holds a forwarded
 * link neither fills the desk's list nor looks for a number by asking again and again; a device of
 * somebody, ended or not, asks as nobody else.
 */
import { ASKED_MS, REJOIN_KIND } from '#domain/devices.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { AgainAnswer, AgainRequest } from '#protocol/rejoin.ts';
import { appendServerRecords } from '#server/db/server-records.ts';
import { tokenHash } from '#server/http/session.ts';
import {
  countAsking,
  dropOverdue,
  findAsking,
  isKnownDevice,
  keepAsking,
} from './again.repository.ts';
import type { JoiningError } from './joining.errors.ts';
import { findGrants, hasLeft } from './joining.repository.ts';
import {
  closed,
  isUsedBy,
  KEY,
  open,
  welcome,
  type JoiningDeps,
  type Opened,
} from './joining.usecases.ts';

export interface AgainDeps extends JoiningDeps {
  ids: Ids;
  random: Random;
}

/** Of one person at a time: a phone that was cleared again within the fortnight, and a guess or two. */
const ASKING_MAX = 3;

/** Leaves a request where it says so, and tells what became of it. */
export async function askAgain(
  deps: AgainDeps,
  request: AgainRequest,
): Promise<Result<AgainAnswer, JoiningError>> {
  if (request.ask && (await deps.disk.isLow())) return fail('server.disk-low');
  return open(deps, request.secret, 'lock', async (opened) => {
    const { tx, invitation } = opened;
    if (isUsedBy(invitation, request))
      return ok({ state: 'in', joined: await welcome(deps, opened) });
    if (invitation.role !== 'member') return fail('invitation.expired');
    if (!invitation.usedDevice && !(await closed(deps, tx, invitation)))
      return fail('request.malformed');
    const { scope, person } = invitation;
    if (await isElsewhere(deps, opened)) return fail('invitation.expired');
    const since = deps.clock.now() - ASKED_MS;
    await dropOverdue(tx, { scope, since });
    const { device, token } = request;
    const asking = await findAsking(tx, { scope, person, device, tokenHash: tokenHash(token) });
    if (asking) return ok({ state: 'waiting', request: asking });
    return request.ask ? leave(deps, opened, request) : ok({ state: 'none' });
  });
}

/** Whoever went to another branch, or is on the way, asks that one. */
async function isElsewhere({ clock }: AgainDeps, { tx, invitation }: Opened): Promise<boolean> {
  const { scope, person } = invitation;
  const grants = await findGrants(tx, person, clock.now());
  if (grants.length === 0) return hasLeft(tx, person, clock.now());
  return !grants.some((grant) => grant.scope === scope);
}

async function leave(
  deps: AgainDeps,
  { tx, invitation }: Opened,
  { device, token, key }: AgainRequest,
): Promise<Result<AgainAnswer, JoiningError>> {
  const { scope, person, hash } = invitation;
  const hashed = tokenHash(token);
  const isTaken = await isKnownDevice(tx, { scope, device, tokenHash: hashed });
  if (isTaken || (key !== undefined && !KEY.test(key))) return fail('request.malformed');
  if ((await countAsking(tx, { scope, person })) >= ASKING_MAX) return fail('invitation.asked');
  const request = deps.ids.next();
  const asked = deps.clock.now();
  const by = {
    scope,
    person,
    invitation: hash,
    device,
    token_hash: hashed,
    public_key: key ?? null,
  };
  await keepAsking(tx, { ...by, request, asked });
  const draft = { id: request, kind: REJOIN_KIND, subject: person, body: { device } };
  await appendServerRecords(tx, scope, [draft], deps);
  return ok({ state: 'waiting', request });
}
