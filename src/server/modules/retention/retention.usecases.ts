/** What other periods would take (protocol/retention.ts). */
import type { KeepingBody } from '#domain/bodies/retention.ts';
import { civilDay } from '#domain/civil-day.ts';
import { keptSince } from '#domain/retention.ts';
import type { Clock } from '#lib/clock.ts';
import type { RetentionAnswer } from '#protocol/retention.ts';
import { inScopes, type Database } from '#server/db/database.ts';
import { countDue } from '#server/db/due-records.ts';
import { findBranches } from '#server/db/retention-rule.ts';

export interface RetentionDeps {
  database: Database;
  clock: Clock;
}

/** Counts, under `rule`, as of now. */
export async function wouldGo(
  { database, clock }: RetentionDeps,
  county: string,
  rule: KeepingBody,
): Promise<RetentionAnswer> {
  const since = keptSince(rule, civilDay(clock.now()));
  const scopes = [county, ...(await findBranches(database))];
  const due = await inScopes(database, scopes, (tx) => countDue(tx, { scopes, since }));
  return { rolls: due.roll, lines: due.entry, messages: due.message };
}
