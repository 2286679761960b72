/**
 * Whom a secretary may give a role: somebody of the own branch, or of none. A role makes its holder the
 * branch's own, whose phones its desk ends and lets in; so by the id of another branch's member, which a
 * code of theirs tells (ADR 14, 16), anybody in the county could be shut out. An administrator may.
 */
import { sql } from 'kysely';
import { civilDay } from '#domain/civil-day.ts';
import { personScope } from '#domain/roles.ts';
import { inScopes, type Database } from '#server/db/database.ts';
import type { Clock } from '#lib/clock.ts';
import type { Standing } from './store-records.ts';

/**
 * Those that name somebody who is another branch's alone. `coming`: the branch has taken them over by a
 * code, and what lets them go, or this very batch, is still to be followed.
 */
export async function beyondOwnPeople(
  { database, clock }: { database: Database; clock: Clock },
  { scope, parents }: { scope: string; parents: readonly string[] },
  given: readonly Standing[],
): Promise<Map<Standing, 'foreign' | 'coming'>> {
  const ours = given.filter(
    ({ record, source }) =>
      record.kind === 'role' &&
      record.subject !== null &&
      !source.grants.some(
        ({ role, scope: of }) => role === 'administrator' && parents.includes(of),
      ),
  );
  const subjects = [...new Set(ours.map(({ record }) => record.subject ?? ''))];
  if (subjects.length === 0) return new Map();
  const foreign = await findForeign(database, { scope, subjects, today: civilDay(clock.now()) });
  const arriving = new Set(given.filter(takesOver).map(({ record }) => record.subject));
  return new Map(
    ours.flatMap((one) => {
      const found = foreign.get(one.record.subject ?? '');
      if (!found) return [];
      const comes = found.coming || arriving.has(one.record.subject);
      return [[one, comes ? ('coming' as const) : ('foreign' as const)]];
    }),
  );
}

function takesOver({ parsed }: Standing): boolean {
  return parsed.kind === 'transfer' && 'body' in parsed && (parsed.body as Way)?.way === 'in';
}
type Way = { way?: unknown } | null;

async function findForeign(
  database: Database,
  { scope, subjects, today }: { scope: string; subjects: readonly string[]; today: string },
): Promise<Map<string, { coming: boolean }>> {
  const { rows } = await inScopes(database, [scope, ...subjects.map(personScope)], (tx) =>
    sql<{ person: string; coming: boolean }>`
      select p.person::text, exists (select from transfers t
        where t.scope = 'person:' || p.person and t.to_scope = ${scope} and not t.stayed) as coming
      from unnest(${[...subjects]}::uuid[]) as p (person)
      where not (select coalesce(
          bool_or(g.scope = ${scope}) filter (where g.to_day is null or g.to_day > ${today}),
          bool_or(g.scope = ${scope}), true)
        from grants g where g.person = p.person and g.from_day <= ${today}
          and g.role in ('member', 'committee', 'secretary'))`.execute(tx),
  );
  return new Map(rows.map(({ person, coming }) => [person, { coming }]));
}
