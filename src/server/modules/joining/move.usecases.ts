/**
 * The 搬 code (protocol/move.ts): one a person, ten minutes, once.
 *
 * Promises: whoever asks with a hash that opens nothing learns nothing else, why included; the same
 * device with the same token gets the same answer for a day; a device that is over lets nobody in, nor
 * does a code that it left; what a lent device ends by is counted here, by the server's clock, and a
 * lent one lets in none. Of whoever ever kept a roster it is an act, as joining is.
 */
import { civilDay } from '#domain/civil-day.ts';
import { personScope } from '#domain/roles.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { MoveAnswer, MoveRequest, TakeAnswer, TakeRequest } from '#protocol/move.ts';
import { appendAct } from '#server/db/acts.ts';
import { findCounty } from '#server/db/county.ts';
import { inScopes, type Tx } from '#server/db/database.ts';
import { everHeldMore } from '#server/db/ever-held-more.ts';
import { isDeviceOfAnother, tokenHash, type Session } from '#server/http/session.ts';
import type { JoiningError } from './joining.errors.ts';
import { findInvitation, findNamesAnywhere, findScopesEver } from './joining.repository.ts';
import { KEY, welcome, type JoiningDeps } from './joining.usecases.ts';
import {
  dropMove,
  dropOverdueMoves,
  findEnd,
  findMove,
  keepMove,
  lockMove,
  spendMove,
  type Move,
} from './move.repository.ts';

/** From one screen to another in one hand, or across a room. */
const GOOD_MS = 10 * 60_000;
/** So long a device that lost the answer may ask again; then the row goes, and its ciphertext with it. */
const TOLD_AGAIN_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Leaves the person's code, or takes it back. */
export async function move(
  { database, clock, disk }: JoiningDeps,
  { person, device }: Pick<Session, 'person' | 'device'>,
  request: MoveRequest,
): Promise<Result<MoveAnswer, JoiningError>> {
  const now = clock.now();
  const scope = personScope(person);
  const makes = request.act === 'make';
  if (makes && (await disk.isLow())) return fail('server.disk-low');
  return inScopes(database, [scope], async (tx) => {
    await dropOverdueMoves(tx, now - TOLD_AGAIN_MS);
    if (!makes) {
      await dropMove(tx, scope);
      return ok({ until: null, now });
    }
    if ((await findEnd(tx, { scope, device })) !== null) return fail('move.lent');
    const { lookup, sealed, hours = null } = request;
    const until = now + GOOD_MS;
    await keepMove(tx, { scope, person, device, lookup, sealed, hours, until });
    return ok({ until, now });
  });
}

/** Lets the device in, or repeats the answer to the same one. */
export async function take(
  deps: JoiningDeps,
  request: TakeRequest,
): Promise<Result<TakeAnswer, JoiningError>> {
  const { database, clock, disk } = deps;
  if (await disk.isLow()) return fail('server.disk-low');
  const { lookup } = request;
  const found = await findMove(database.db, lookup);
  const county = await findCounty(database.db);
  if (!found || !county) return fail('move.over');
  const { own, person, scope, hash } = found;
  const scopes = [...new Set([scope, ...(await findScopesEver(database.db, person))])];
  return inScopes(database, [own, ...scopes], async (tx) => {
    const now = clock.now();
    const left = await lockMove(tx, lookup, now);
    const invitation = await findInvitation(tx, hash, 'look');
    const names = invitation?.names ?? (await findNamesAnywhere(tx, { scopes, person, now }));
    if (!left || !invitation || !names || isOver(left, request, now)) return fail('move.over');
    const joined = await welcome(deps, { tx, invitation, names, county });
    const { sealed, ends } = left;
    if (left.usedDevice) return ok({ ...joined, sealed, ends });
    const lent = left.hours === null ? null : now + left.hours * HOUR_MS;
    const problem = await spend(tx, { ...left, ...found, ends: lent }, request, now);
    return problem ? fail(problem) : ok({ ...joined, sealed, ends: lent });
  });
}

/** Whether this device gets nothing by the code. */
function isOver(left: Move, { device, token }: TakeRequest, now: number): boolean {
  if (!left.usedDevice) return left.makerEnded || now >= left.until;
  const isSame = left.usedDevice === device && left.usedTokenHash?.equals(tokenHash(token));
  return !isSame || left.userEnded || now >= left.until + TOLD_AGAIN_MS;
}

async function spend(
  tx: Tx,
  left: Move & { own: string; person: string; scope: string; hash: string },
  { lookup, device, token, key }: TakeRequest,
  now: number,
): Promise<JoiningError | null> {
  const { own, person, scope, hash, device: maker, ends, hours } = left;
  if (key !== undefined && !KEY.test(key)) return 'request.malformed';
  if (await isDeviceOfAnother(tx, { device, person })) return 'request.malformed';
  const day = civilDay(now);
  const by = { scope: own, person, device, tokenHash: tokenHash(token), key: key ?? null };
  if (!(await spendMove(tx, lookup, { ...by, day, ends }))) return 'request.malformed';
  // Of members no table tells who got which device when, as with joining (ADR 8).
  if (!(await everHeldMore(tx, person))) return null;
  const detail = { device, hours, invitation: hash };
  await appendAct(tx, { kind: 'join', by: { person, device: maker }, scope, person, detail }, now);
  return null;
}
