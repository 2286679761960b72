/** SQL of roles that are over. */
import { sql, type Kysely } from 'kysely';
import type { Grant, Role } from '#domain/roles.ts';
import type { Tx } from '#server/db/database.ts';
import type { Schema } from '#server/db/schema.ts';

/** What a person held in a scope and holds no more on the civil day `today`. */
export async function findPastGrants(
  db: Kysely<Schema>,
  { person, scope, today }: { person: string; scope: string; today: string },
): Promise<Grant[]> {
  return db
    .selectFrom('grants')
    .select(['scope', 'role'])
    .where('person', '=', person)
    .where('scope', '=', scope)
    .where('to_day', '<=', today)
    .execute();
}

/** Up to where the device was verified when the first of these roles ended; 0 where nothing is known. */
export async function findSealedAtEnd(
  tx: Tx,
  of: { scope: string; person: string; device: string; roles: readonly Role[] },
): Promise<number> {
  const { least } = await tx
    .selectFrom('role_ends')
    .select((build) => build.fn.min('sealed_to').as('least'))
    .where('scope', '=', of.scope)
    .where('person', '=', of.person)
    .where('device', '=', of.device)
    .where('role', 'in', of.roles)
    .executeTakeFirstOrThrow();
  return least ?? 0;
}

/** How many records of the device came to this scope after a role's end, these left out; a fork's among them. */
export async function countAfterRole(
  tx: Tx,
  of: { scope: string; device: string; without: readonly string[] },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from records
    where scope = ${of.scope} and device = ${of.device} and confirm in ('after-role', 'fork')
      and id <> all (${[...of.without]}::uuid[])`.execute(tx);
  return rows[0]?.count ?? 0;
}
