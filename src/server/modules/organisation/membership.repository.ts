/** SQL of memberships: when one ends and begins, and who is on the way from branch to branch. */
import { sql, type Selectable } from 'kysely';
import type { Foldable } from '#domain/fold.ts';
import { TAKEN_OVER_KIND } from '#domain/transfers.ts';
import { personScope } from '#domain/roles.ts';
import type { Tx } from '#server/db/database.ts';
import type { Schema } from '#server/db/schema.ts';

export type TransferRow = Selectable<Schema['transfers']>;

interface Membership {
  scope: string;
  person: string;
  /** Number of the record that says so, in the scope: an older one told again changes nothing. */
  n: number;
}

/** SQL: whether the grant `g` runs on the civil day. */
const runsOn = (day: string) =>
  sql<boolean>`g.from_day <= ${day} and (g.to_day is null or g.to_day > ${day})`;

/** SQL: roles by which somebody is one of a branch. */
const IN_BRANCH = sql`('member', 'committee', 'secretary')`;

/** What the scope's records say of somebody's standing, and where one of them waits the decisions too. */
export async function findStandings(
  tx: Tx,
  { scope, person }: Omit<Membership, 'n'>,
): Promise<(Foldable<unknown> & { hash: Buffer })[]> {
  const ofKind = (kind: string) =>
    tx
      .selectFrom('records')
      .select(['id', 'hash', 'kind', 'subject', 'author', 'seq', 'n', 'at', 'day'])
      .select(['body', 'confirm'])
      .where('scope', '=', scope)
      .where('kind', '=', kind);
  const standings = await ofKind('standing').where('subject', '=', person).execute();
  // Decisions lie all over the branch: they are looked for only where there is something to decide.
  const isOpen = standings.some(({ confirm }) => confirm !== null);
  const decisions = isOpen ? await ofKind('decision').execute() : [];
  return [...standings, ...decisions].map(({ body, author, at, day, ...row }) => ({
    ...{ ...row, author: author ?? '', at: at ?? 0, day: day ?? '' },
    body: body === null ? null : (JSON.parse(body) as unknown),
  }));
}

/** Whom the standing record of this id is about; null where there is none. */
export async function findStandingOf(tx: Tx, scope: string, id: string): Promise<string | null> {
  const row = await tx
    .selectFrom('records')
    .select('subject')
    .where('scope', '=', scope)
    .where('id', '=', id)
    .where('kind', '=', 'standing')
    .executeTakeFirst();
  return row?.subject ?? null;
}

/**
 * Ends the membership on `day`. Of somebody who never joined anywhere it is kept as over, so that an
 * invitation from before opens nothing; of who is another branch's alone nothing is kept. Whoever had
 * reported to this branch before they became its own reports there no more either.
 */
export async function endMembership(
  tx: Tx,
  { scope, person, n, day }: Membership & { day: string },
): Promise<void> {
  await sql`update grants set to_day = ${day}, n = ${n}
    where scope = ${scope} and person = ${person} and role = 'second' and n <= ${n}
      and (to_day is null or to_day > ${day}) and exists (select from grants m
        where m.scope = ${scope} and m.person = ${person} and m.role = 'member' and m.n <= ${n}
          and (m.to_day is null or m.to_day > ${day}))`.execute(tx);
  const ended = await sql`update grants set to_day = ${day}, n = ${n}
    where scope = ${scope} and person = ${person} and role = 'member' and n <= ${n}`.execute(tx);
  if (ended.numAffectedRows !== 0n) return;
  await sql`insert into grants (scope, person, role, from_day, to_day, n)
    select ${scope}, ${person}::uuid, 'member', ${day}, ${day}, ${n}
    where not exists (select from grants o where o.person = ${person})
    on conflict do nothing`.execute(tx);
}

/**
 * Lets a membership that records of these kinds had ended go on, unless the person is another branch's
 * by now: what one kind has ended no word of another brings back.
 */
export async function resumeMembership(
  tx: Tx,
  { scope, person, n, today }: Membership & { today: string },
  endedBy: readonly string[],
): Promise<void> {
  await sql`update grants set to_day = null, n = ${n}
    where scope = ${scope} and person = ${person} and role = 'member' and n <= ${n}
      and to_day is not null and exists (select from records r where r.scope = ${scope}
        and r.n = grants.n and r.kind = any (${[...endedBy]}::text[]))
      and not exists (select from grants g where g.person = ${person}
        and g.scope <> ${scope} and g.role in ${IN_BRANCH} and ${runsOn(today)})`.execute(tx);
}

/** Begins a membership, also one that was over. */
export async function beginMembership(
  tx: Tx,
  { scope, person, n, day }: Membership & { day: string },
): Promise<void> {
  await sql`insert into grants (scope, person, role, from_day, n)
    values (${scope}, ${person}, 'member', ${day}, ${n})
    on conflict (scope, person, role) do update
      set from_day = excluded.from_day, to_day = null, n = excluded.n
      where grants.n < excluded.n`.execute(tx);
}

/** Whether the branch may let the person go: they are one of it, or are one of none and not another's. */
export async function mayLetGo(
  tx: Tx,
  { scope, person, today }: { scope: string; person: string; today: string },
): Promise<boolean> {
  const { rows } = await sql<{ now: boolean | null; ever: boolean | null }>`
    select bool_or(g.scope = ${scope}) filter (where ${runsOn(today)}) as now,
      bool_or(g.scope = ${scope}) as ever
    from grants g where g.person = ${person} and g.role in ${IN_BRANCH}`.execute(tx);
  const { now = null, ever = null } = rows[0] ?? {};
  return now ?? ever ?? true;
}

/** The transfer of this code; null while neither side has come. Waits for whoever writes it now. */
export async function findTransfer(
  tx: Tx,
  { person, code }: { person: string; code: string },
): Promise<TransferRow | null> {
  const row = await tx
    .selectFrom('transfers')
    .selectAll()
    .where('scope', '=', personScope(person))
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Notes one side of a transfer, or that it is off; what was noted first of a side stands. The whole of it. */
export async function noteTransfer(
  tx: Tx,
  { person, code }: { person: string; code: string },
  side: Partial<Omit<TransferRow, 'scope' | 'code'>>,
): Promise<TransferRow> {
  return tx
    .insertInto('transfers')
    .values({ scope: personScope(person), code, ...side })
    .onConflict((conflict) =>
      conflict.columns(['scope', 'code']).doUpdateSet({
        from_scope: sql`coalesce(transfers.from_scope, excluded.from_scope)`,
        from_day: sql`coalesce(transfers.from_day, excluded.from_day)`,
        to_scope: sql`coalesce(transfers.to_scope, excluded.to_scope)`,
        to_day: sql`coalesce(transfers.to_day, excluded.to_day)`,
        to_n: sql`coalesce(transfers.to_n, excluded.to_n)`,
        stayed: sql`transfers.stayed or excluded.stayed`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Whether the branch heard already that the person arrived by this code. */
export async function wasTold(
  tx: Tx,
  { scope, person, code }: { scope: string; person: string; code: string },
): Promise<boolean> {
  const { rows } = await sql`select from records r
    where r.scope = ${scope} and r.subject = ${person} and r.kind = ${TAKEN_OVER_KIND}
      and case when r.kind = ${TAKEN_OVER_KIND} then r.body::jsonb ->> 'code' = ${code} end
    limit 1`.execute(tx);
  return rows.length > 0;
}
