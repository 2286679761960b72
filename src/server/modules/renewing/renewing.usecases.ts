/**
 * A new id for a device whose chain forked (protocol/renew.ts). Promises: old and new change in one
 * transaction; the same request again gets the same answer; an ended token opens nothing new.
 */
import { civilDay } from '#domain/civil-day.ts';
import { personScope } from '#domain/roles.ts';
import type { Clock } from '#lib/clock.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { RenewAnswer, RenewRequest } from '#protocol/renew.ts';
import { inScopes, type Database } from '#server/db/database.ts';
import type { Disk } from '#server/disk.ts';
import { findBearer, isDeviceOfAnother, tokenHash } from '#server/http/session.ts';
import type { RenewingError } from './renewing.errors.ts';
import { isRenewedAs, renewDevice } from './renewing.repository.ts';

export interface RenewingDeps {
  database: Database;
  clock: Clock;
  disk: Disk;
}

/** Goes on under the request's id, or repeats the answer to the same request. */
export async function renew(
  { database, clock, disk }: RenewingDeps,
  authorization: string | undefined,
  request: RenewRequest,
): Promise<Result<RenewAnswer, RenewingError>> {
  const bearer = await findBearer(database.db, authorization, clock.now());
  if (!bearer.ok) return bearer;
  const { person, device: old, ended } = bearer.value;
  if (ended === 'revoked') return fail('session.revoked');
  if (!ended && (await disk.isLow())) return fail('server.disk-low');
  const scope = personScope(person);
  const { device, token, key = null } = request;
  if (await isDeviceOfAnother(database.db, { device, person })) return fail('request.malformed');
  const day = civilDay(clock.now());
  const next = { scope, person, device, tokenHash: tokenHash(token), key, day };
  try {
    const done = await inScopes(
      database,
      [scope],
      async (tx) => (!ended && (await renewDevice(tx, old, next))) || isRenewedAs(tx, old, next),
    );
    return done ? ok({ device }) : fail('session.revoked');
  } catch (error) {
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return fail('request.malformed');
    throw error;
  }
}

/** Id or token are somebody's already. */
const UNIQUE_VIOLATION = '23505';
