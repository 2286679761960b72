/**
 * Devices that were lent (protocol/move.ts) and whose time is over.
 *
 * Promises: from its end a device is refused as a revoked one, marked or not (http/session.ts); it is
 * marked, with how far it had come, before anything that it hands in is stored, by whichever request
 * comes first, so that no job has to run; of somebody who keeps a roster the branch's presence key
 * changes with it. Told again, nothing changes.
 */
import { civilDay } from '#domain/civil-day.ts';
import { inScopes } from '#server/db/database.ts';
import { appendServerRecords } from '#server/db/server-records.ts';
import { endLent, findOverdue, type Lent } from './lent.repository.ts';
import { newPresenceKey } from './presence-key.ts';
import type { Deps } from './stored-record.ts';

/** Marks every device that ended by `now`, server time, ms. */
export async function endOverdue(deps: Deps, now: number): Promise<void> {
  const today = civilDay(now);
  for (const lent of await findOverdue(deps.database.db, { now, today }))
    await end(deps, lent, now);
}

async function end(deps: Deps, { scope, device, desks }: Lent, now: number): Promise<void> {
  await inScopes(deps.database, [scope, ...desks], async (tx) => {
    if ((await endLent(tx, { scope, device, now })) === 0) return;
    for (const desk of desks) await appendServerRecords(tx, desk, [newPresenceKey(deps)], deps);
  });
}
