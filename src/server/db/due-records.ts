/**
 * Which records are older than the county keeps them (domain/retention.ts). Promises: a roll goes whole,
 * its lines before its meeting, so that a run that was cut off finds the rest; a line that comes when its
 * meeting is erased goes by the day on which that was written, one whose meeting is not known by its own;
 * what came lately stays for now, whatever its day, a meeting with all its lines; self records are in
 * nothing here.
 */
import { sql, type RawBuilder } from 'kysely';
import { civilTime } from '#domain/civil-day.ts';
import type { KindRule } from '#domain/kind-rule.ts';
import { KINDS, type Kind } from '#domain/kinds.ts';
import type { KeptSince } from '#domain/retention.ts';
import type { Tx } from './database.ts';

/** `entry`: a line of a roll. */
export type DuePart = 'entry' | 'roll' | 'message';

export interface DueRecord {
  id: string;
  part: DuePart;
}

/** At most `limit` of them in one scope that is open in the transaction, in the order in which they go. */
export async function findDue(
  tx: Tx,
  { scope, since, limit }: { scope: string; since: KeptSince; limit: number },
): Promise<DueRecord[]> {
  const { rows } = await sql<DueRecord>`
    select d.id, d.part from (${dueIn([scope], since)}) d
    group by d.id, d.part order by d.part, min(d.n) limit ${limit}`.execute(tx);
  return rows;
}

/** How many of each there are in these scopes, which are open in the transaction. */
export async function countDue(
  tx: Tx,
  { scopes, since }: { scopes: readonly string[]; since: KeptSince },
): Promise<Record<DuePart, number>> {
  const { rows } = await sql<{ part: DuePart; count: number }>`
    select d.part, count(distinct d.id) as count from (${dueIn(scopes, since)}) d
    group by d.part`.execute(tx);
  return { entry: 0, roll: 0, message: 0, ...Object.fromEntries(rows.map(byPart)) };
}

const byPart = ({ part, count }: { part: DuePart; count: number }) => [part, count] as const;

const kindsOf = (ages: NonNullable<KindRule['ages']>) =>
  (Object.keys(KINDS) as Kind[]).filter((kind) => (KINDS[kind] as KindRule).ages === ages);
const MEETING: Kind = 'activity';
const ENTRIES = kindsOf('roll').filter((kind) => kind !== MEETING);
const MESSAGES = kindsOf('message');

/** `case` comes before every cast: other bodies are no JSON, or hold another thing under the name. */
function dueIn(scopes: readonly string[], since: KeptSince): RawBuilder<unknown> {
  const cameBefore = sql`r.received < ${civilTime(since.came)}`;
  return sql`
    with meetings as materialized (
      select r.scope, r.id, r.n, r.body is not null as there, ${cameBefore} and case
          when r.kind <> ${MEETING} then null
          when r.body is null then r.day < ${since.rolls}
          else (r.body::jsonb ->> 'starts')::bigint < ${civilTime(since.rolls)} end as due
      from records r
      where r.scope = any (${scopes}::text[]) and r.kind = ${MEETING}
    )
    select 'entry' as part, r.id, r.n from records r
    left join meetings m on m.scope = r.scope and m.id::text =
      case when r.kind = any (${ENTRIES}::text[]) then r.body::jsonb ->> 'activity' end
    where r.scope = any (${scopes}::text[]) and r.kind = any (${ENTRIES}::text[])
      and ${cameBefore} and r.body is not null and coalesce(m.due, r.day < ${since.rolls})
    union all
    select 'roll', m.id, m.n from meetings m where m.due and m.there
    union all
    select 'message', r.id, r.n from records r
    where r.scope = any (${scopes}::text[]) and r.kind = any (${MESSAGES}::text[])
      and ${cameBefore} and r.body is not null and r.day < ${since.messages}`;
}
