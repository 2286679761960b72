/**
 * What is older than the county keeps it goes (ADR 17): bodies of rolls and messages by the server's own
 * erasures, rows of a cursor stream like everybody's, so that phones drop them with their next sync;
 * what the server noted for its own work by deleting it.
 *
 * Promises: in batches of one transaction each; killed in between, the next run goes on; two processes
 * never take the same; one act a run that took anything, in numbers; nothing before a floor, no self
 * record, and nothing that only a phone has, because an erasure names what is stored.
 */
import { civilTime } from '#domain/civil-day.ts';
import { erasuresOf } from '#domain/erase-person.ts';
import { ERASURE_KIND } from '#domain/erasure.ts';
import { keptSince, type KeptSince } from '#domain/retention.ts';
import { sql } from 'kysely';
import { appendAct } from '#server/db/acts.ts';
import type { Database, Tx } from '#server/db/database.ts';
import { countDue, findDue } from '#server/db/due-records.ts';
import { findBranches, findRetention, tellKeeping } from '#server/db/retention-rule.ts';
import { endRun, inRun, type Counts, type Run } from '#server/db/retention-runs.ts';
import { inScopes } from '#server/db/database.ts';
import { appendServerRecords, type Sources } from '#server/db/server-records.ts';

/** Ten erasures: some ten milliseconds under the scope's lock, which its phones hardly notice. */
export const BATCH = 400;

export interface RetentionDeps extends Sources {
  database: Database;
  /** True once the server is being stopped: the batch that runs is the last one. */
  stopped?: () => boolean;
}

/** What a run took so far; null where another process is at it, the run is done, or it was stopped. */
export async function keepPeriods(deps: RetentionDeps, run: Run): Promise<Counts | null> {
  const { database, clock } = deps;
  const rule = await findRetention(database, run.county, run.day);
  await tellKeeping(database, deps, rule);
  const since = keptSince(rule, run.day);
  for (const scope of [run.county, ...(await findBranches(database))])
    if (!(await emptyScope(deps, run, { scope, since }))) return null;
  let whole: Counts = {};
  const ended = await inRun(database, run, run.county, async (tx, counts) => {
    whole = counts;
    await endRun(tx, run);
    const took = Object.values(counts).some((count) => count > 0);
    const detail = { day: run.day, since: { ...since }, ...counts };
    const act = { kind: 'retention', scope: run.county, detail } as const;
    if (took) await appendAct(tx, act, clock.now());
    return {};
  });
  return ended && whole;
}

/** What a run on that day would take. */
export async function countPeriods(database: Database, { county, day }: Run): Promise<Counts> {
  const since = keptSince(await findRetention(database, county, day), day);
  const scopes = [county, ...(await findBranches(database))];
  return inScopes(database, scopes, async (tx) => ({ ...(await countDue(tx, { scopes, since })) }));
}

/** False where it had to stop. */
async function emptyScope(
  deps: RetentionDeps,
  run: Run,
  { scope, since }: { scope: string; since: KeptSince },
): Promise<boolean> {
  for (;;) {
    if (deps.stopped?.()) return false;
    const took = await inRun(deps.database, run, scope, (tx) => takeBatch(deps, tx, scope, since));
    if (took === null) return false;
    if (Object.values(took).every((count) => count === 0)) return true;
  }
}

async function takeBatch(
  deps: RetentionDeps,
  tx: Tx,
  scope: string,
  since: KeptSince,
): Promise<Counts> {
  const before = civilTime(since.logs);
  const forgotten = await sql<{ gone: number }>`
    select forget_invitations(${scope}, ${before}) as gone`.execute(tx);
  const over = await tx
    .deleteFrom('rejoin_requests')
    .where('scope', '=', scope)
    .where('asked', '<', before)
    .executeTakeFirst();
  const due = await findDue(tx, { scope, since, limit: BATCH });
  if (due.length > 0)
    await erase(
      deps,
      tx,
      scope,
      due.map(({ id }) => id),
    );
  const of = (wanted: string) => due.filter(({ part }) => part === wanted).length;
  return {
    ...{ entry: of('entry'), roll: of('roll'), message: of('message') },
    invitation: forgotten.rows[0]?.gone ?? 0,
    rejoin: Number(over.numDeletedRows),
  };
}

/** Complaints are read by administrators alone, who follow no other rows of the county's. */
async function erase(
  deps: RetentionDeps,
  tx: Tx,
  scope: string,
  ids: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ kind: string }>`
    select kind from scopes where scope = ${scope}`.execute(tx);
  const audience = rows[0]?.kind === 'county' ? ({ audience: 'sponsor' } as const) : {};
  const drafts = erasuresOf(ids).map((body) => ({
    ...{ kind: ERASURE_KIND, body: { ...body } },
    ...audience,
  }));
  await appendServerRecords(tx, scope, drafts, deps);
}
