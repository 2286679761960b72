/**
 * The nights on which things went by age. Promises: one process at a time is at it, because each step
 * takes the database's lock or does nothing; a step's count is written with what it took.
 */
import { sql } from 'kysely';
import { inScopes, type Database, type Tx } from './database.ts';

/** Any number that no other program on the same database is likely to take: "rixr" in ASCII. */
const LOCK = 0x72697872;

export type Counts = Record<string, number>;

/** A run: the county's scope and the civil day of its night. */
export interface Run {
  county: string;
  day: string;
}

/**
 * One step of a run in `scope` and the county's, under the lock: `work` answers what it took, which is
 * counted. Null where another process is at it, or the run is done.
 */
export async function inRun(
  database: Database,
  { county, day }: Run,
  scope: string,
  work: (tx: Tx, before: Counts) => Promise<Counts>,
): Promise<Counts | null> {
  return inScopes(database, [...new Set([county, scope])], async (tx) => {
    const { rows: locks } = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock(${LOCK}) as free`.execute(tx);
    if (!locks[0]?.free) return null;
    await sql`insert into retention_runs (scope, day) values (${county}, ${day})
      on conflict do nothing`.execute(tx);
    const { rows } = await sql<{ counts: Counts; done: boolean }>`
      select counts, done from retention_runs where scope = ${county} and day = ${day}`.execute(tx);
    const { counts, done } = rows[0] ?? { counts: {}, done: true };
    if (done) return null;
    const took = await work(tx, counts);
    if (Object.values(took).some((count) => count > 0)) {
      const sum = JSON.stringify(added(counts, took));
      await sql`update retention_runs set counts = ${sum}::jsonb
        where scope = ${county} and day = ${day}`.execute(tx);
    }
    return took;
  });
}

/** The run is over; `tx` is a step's. */
export async function endRun(tx: Tx, { county, day }: Run): Promise<void> {
  await sql`update retention_runs set done = true
    where scope = ${county} and day = ${day}`.execute(tx);
}

/** By hand it runs again on the same day, with an act of its own. */
export async function beginAgain(database: Database, { county, day }: Run): Promise<void> {
  await inScopes(database, [county], (tx) =>
    sql`update retention_runs set done = false, counts = '{}'
      where scope = ${county} and day = ${day} and done`.execute(tx),
  );
}

/** The day of the last run up to this one's that is done, whatever a wrong clock ran beyond it; null before the first. */
export async function lastRun(database: Database, { county, day }: Run): Promise<string | null> {
  return inScopes(database, [county], async (tx) => {
    const { rows } = await sql<{ day: string | null }>`
      select max(day) as day from retention_runs
      where scope = ${county} and done and day <= ${day}`.execute(tx);
    return rows[0]?.day ?? null;
  });
}

function added(a: Counts, b: Counts): Counts {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(keys.map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]));
}
