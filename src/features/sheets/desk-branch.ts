import { readBranchNames } from '#data/branch-names.ts';
import type { useLedger } from '#data/use-ledger.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { civilDay } from '#domain/civil-day.ts';
import { isDesk } from '#domain/roles.ts';
import { correctedNow, type Clock } from '#lib/clock.ts';

/** The branch that a desk's sheet is of. */
interface DeskBranch {
  /** Null where this person keeps none. */
  scope: string | null;
  /** Null where it goes without saying. */
  place: Names | null;
  today: string;
}

/** The branch that the desk shows, as it keeps the choice (desk/useDesk.ts); the first where nobody chose. */
export async function readDeskBranch(
  ledger: ReturnType<typeof useLedger>,
  clock: Clock,
): Promise<DeskBranch> {
  const [person, kept] = await Promise.all([ledger.current(), ledger.kept<string>('desk.scope')]);
  const grants = person?.grants ?? [];
  const scopes = grants.filter(({ role }) => isDesk(role)).map((grant) => grant.scope);
  const scope = scopes.find((one) => one === kept) ?? scopes[0] ?? null;
  const names = await readBranchNames(ledger, grants);
  return {
    scope,
    place: names.get(scope ?? '') ?? null,
    today: civilDay(correctedNow(clock, person?.offset ?? null)),
  };
}
