/** What administrators' and desks' records mean for the server: scopes, grants, invitations. */
import { sql, type Kysely } from 'kysely';
import type { Names } from '#domain/bodies/shared.ts';
import type { Role } from '#domain/roles.ts';
import type { Tx } from '#server/db/database.ts';
import type { Schema } from '#server/db/schema.ts';

/** The county's scope, also while it is still being set up. */
export async function findCountyScope(db: Kysely<Schema>): Promise<string> {
  const { scope } = await db.selectFrom('county').select('scope').executeTakeFirstOrThrow();
  return scope;
}

/** What a naming of a branch did: made it, named it anew, or nothing (told before, or a newer one stands). */
export type Naming = 'made' | 'renamed' | 'nothing';

/** Makes the branch or names it anew; `n` is the number of the record that says so. */
export async function nameBranch(
  tx: Tx,
  branch: { id: string; county: string; names: Names; township: Names | null; n: number },
): Promise<Naming> {
  const { rows } = await sql<{ made: boolean }>`
    insert into scopes (scope, kind, parent, names, township, named)
    values (${branch.id}, 'branch', ${branch.county}, ${JSON.stringify(branch.names)}::jsonb,
      ${branch.township ? JSON.stringify(branch.township) : null}::jsonb, ${branch.n})
    on conflict (scope) do update
      set names = excluded.names, township = excluded.township, named = excluded.named
      where scopes.kind = 'branch' and scopes.parent = excluded.parent
        and scopes.named < excluded.named
    returning (xmax = 0) as made`.execute(tx);
  const row = rows[0];
  if (!row) return 'nothing';
  return row.made ? 'made' : 'renamed';
}

/** Sets a grant unless a newer record has spoken about it; whether it did. */
export async function setGrant(
  tx: Tx,
  grant: { scope: string; person: string; role: Role; from: string; to: string | null; n: number },
): Promise<boolean> {
  const set = await sql`
    insert into grants (scope, person, role, from_day, to_day, n)
    values (${grant.scope}, ${grant.person}, ${grant.role}, ${grant.from}, ${grant.to}, ${grant.n})
    on conflict (scope, person, role) do update
      set from_day = excluded.from_day, to_day = excluded.to_day, n = excluded.n
      where grants.n < excluded.n`.execute(tx);
  return set.numAffectedRows === 1n;
}

/** Membership from `from` on for whoever has none yet; what is there stays as it is. */
export async function keepMembership(
  tx: Tx,
  { scope, person, from, n }: { scope: string; person: string; from: string; n: number },
): Promise<void> {
  await sql`
    insert into grants (scope, person, role, from_day, n)
    values (${scope}, ${person}, 'member', ${from}, ${n})
    on conflict (scope, person, role) do nothing`.execute(tx);
}

/** Keeps up to where each device of the person is verified, now that the role ends. */
export async function noteRoleEnd(
  tx: Tx,
  { scope, person, role }: { scope: string; person: string; role: Role },
): Promise<void> {
  await sql`
    insert into role_ends (scope, person, role, device, sealed_to)
    select ${scope}, d.person, ${role}, d.device, coalesce(c.seq, 0)
    from devices d left join chains c on c.scope = d.scope and c.device = d.device
    where d.person = ${person}
    on conflict (scope, person, role, device) do update set sealed_to = excluded.sealed_to`.execute(
    tx,
  );
}

/** Keeps an invitation; the same one again changes nothing, used or not. Whether it is new. */
export async function keepInvitation(
  tx: Tx,
  invitation: {
    scope: string;
    hash: string;
    person: string;
    role: Role;
    names: Names | null;
    expires: number;
  },
): Promise<boolean> {
  const names = invitation.names ? JSON.stringify(invitation.names) : null;
  const kept = await sql`
    insert into invitations (scope, hash, person, role, names, expires)
    values (${invitation.scope}, ${invitation.hash}, ${invitation.person}, ${invitation.role},
      ${names}::jsonb, ${invitation.expires})
    on conflict (hash) do nothing`.execute(tx);
  return kept.numAffectedRows === 1n;
}
