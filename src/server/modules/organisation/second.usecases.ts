/**
 * What `second` records mean for a person's roles (ADR 16); sync/report-rights.ts has asked before
 * whether the person's own phone had said so.
 *
 * Promises: a code opens one branch, once, also when its record is told again after the stay is over;
 * no membership of any branch begins or ends by it.
 */
import type { SecondBody } from '#domain/bodies/second.ts';
import { personScope } from '#domain/roles.ts';
import { inScopes } from '#server/db/database.ts';
import { beginSecond, endSecond, useCode } from './second.repository.ts';
import type { Deps, StoredRecord } from './stored-record.ts';

/** Somebody reports to the branch, or no more. */
export async function projectSecond(deps: Deps, record: StoredRecord): Promise<void> {
  const { scope, subject: person, n } = record;
  if (person === null) return;
  const body = record.body as Partial<SecondBody>;
  const own = personScope(person);
  await inScopes(deps.database, [scope, own], async (tx) => {
    if (body.way === 'out') await endSecond(tx, { scope, person, n, day: body.day ?? '' });
    // Of one that came in its erased form nothing is known.
    if (body.way !== 'in' || !body.day || !body.nonce) return;
    if (await useCode(tx, { scope: own, nonce: body.nonce, branch: scope }))
      await beginSecond(tx, { scope, person, n, day: body.day });
  });
}
