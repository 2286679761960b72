/**
 * What comes after its author's role was over: a secretary who handed over, and whose other phone had
 * still something to send. It is kept and waits for a person, at most HAND_IN_MAX of a device, unless
 * the chain was sealed that far before the end; a record that gives or takes rights is refused.
 */
import { civilDay } from '#domain/civil-day.ts';
import { isDecidable } from '#domain/decisions.ts';
import { inScopes, type Database } from '#server/db/database.ts';
import type { Clock } from '#lib/clock.ts';
import { HAND_IN_MAX } from './chain.usecases.ts';
import { authorise } from './judge-record.ts';
import { countAfterRole, findPastGrants, findSealedAtEnd } from './past-roles.repository.ts';
import type { Standing } from './store-records.ts';

/** Those of `refused` that may be stored by a role of the past, each with why it waits if it does. */
export async function underPastRoles(
  { database, clock }: { database: Database; clock: Clock },
  { scope, parents }: { scope: string; parents: readonly string[] },
  refused: readonly Standing[],
): Promise<Standing[]> {
  const today = civilDay(clock.now());
  const taken: Standing[] = [];
  for (const group of byDevice(refused.filter(({ record }) => isDecidable(record.kind)))) {
    const [{ source } = {}] = group;
    if (!source) continue;
    const { person, device } = source;
    const past = await findPastGrants(database.db, { person, scope, today });
    // With those that ended with this very push.
    const grants = [...past, ...source.grants.filter((grant) => grant.scope === scope)];
    const roles = grants.map(({ role }) => role);
    const then = { ...source, grants };
    const allowed = group.filter(({ parsed }) => authorise(parsed, then, parents) === null);
    if (allowed.length === 0) continue;
    const ids = allowed.map(({ record }) => record.id);
    const { sealedTo, room } = await inScopes(database, [scope], async (tx) => ({
      sealedTo: await findSealedAtEnd(tx, { scope, person, device, roles }),
      room: HAND_IN_MAX - (await countAfterRole(tx, { scope, device, without: ids })),
    }));
    taken.push(...allowed.slice(0, Math.max(0, room)).map((one) => waiting(one, sealedTo)));
  }
  return taken;
}

/** Of a forked chain its device must hear, and a device's own end says more than a role's. */
const SAYS_MORE = ['fork', 'after-revocation'];

/** What its device had sealed by the end was written before it. */
function waiting(one: Standing, sealedTo: number): Standing {
  const { confirm, record } = one;
  if (confirm === null && record.seq <= sealedTo) return one;
  return SAYS_MORE.includes(confirm ?? '') ? one : { ...one, confirm: 'after-role' };
}

function byDevice(standings: readonly Standing[]): Standing[][] {
  const devices = [...new Set(standings.map(({ source }) => source.device))];
  return devices.map((device) => standings.filter(({ source }) => source.device === device));
}
