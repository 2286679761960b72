/** SQL of joining. */
import { sql, type Kysely } from 'kysely';
import type { Names } from '#domain/bodies/shared.ts';
import { civilDay } from '#domain/civil-day.ts';
import type { Grant, Role } from '#domain/roles.ts';
import type { Tx } from '#server/db/database.ts';
import type { Schema } from '#server/db/schema.ts';
import { grantsOf } from '#server/http/session.ts';

/** An invitation with the place it leads to. */
export interface Invitation {
  scope: string;
  hash: string;
  person: string;
  role: Role;
  names: Names | null;
  expires: number;
  usedDevice: string | null;
  usedTokenHash: Buffer | null;
  /** The device that used it is let in no more. */
  usedEnded: boolean;
  place: Names;
  township: Names | null;
}

/** Where an invitation leads and whom, before any scope is open; null where there is none. */
export async function findInvited(
  db: Kysely<Schema>,
  hash: string,
): Promise<{ scope: string; person: string } | null> {
  const query = db.selectFrom('invitations').select(['scope', 'person']).where('hash', '=', hash);
  return (await query.executeTakeFirst()) ?? null;
}

/** The invitation, its row locked where `lock` says so: of two joins at once one waits for the other. */
export async function findInvitation(
  tx: Tx,
  hash: string,
  lock: 'lock' | 'look',
): Promise<Invitation | null> {
  const { rows } = await sql<Invitation>`
    select i.scope, i.hash, i.person, i.role, i.names, i.expires, i.used_device as "usedDevice",
      i.used_token_hash as "usedTokenHash", s.names as place, s.township,
      exists (select from devices d
        where d.token_hash = i.used_token_hash and d.revoked is not null) as "usedEnded"
    from invitations i join scopes s on s.scope = i.scope
    where i.hash = ${hash} ${lock === 'lock' ? sql`for update of i` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

/** What a branch is called, and its township; null where nobody has named it. */
export async function findPlace(
  tx: Tx,
  scope: string,
): Promise<Pick<Invitation, 'place' | 'township'> | null> {
  const row = await tx
    .selectFrom('scopes')
    .select(['names as place', 'township'])
    .where('scope', '=', scope)
    .executeTakeFirst();
  return row?.place ? { place: row.place, township: row.township } : null;
}

/**
 * The invitation that a token came by, before any scope is open; of a device that came by another one
 * of its person's, that person's latest. Null where there is none.
 */
export async function findInvitedBy(
  db: Kysely<Schema>,
  token: Buffer,
): Promise<{ scope: string; hash: string } | null> {
  const { rows } = await sql<{ scope: string; hash: string }>`
    select i.scope, i.hash from devices d join invitations i on i.person = d.person
    where d.token_hash = ${token} and i.used_device is not null
    order by (i.used_token_hash = d.token_hash) desc, i.expires desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Every scope in which this person ever had a role, ended ones too. */
export async function findScopesEver(db: Kysely<Schema>, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('grants')
    .select('scope')
    .distinct()
    .where('person', '=', person)
    .execute();
  return rows.map(({ scope }) => scope);
}

/** The highest seq of a device that the server has seen, in a record or in a seal; 0 where none. */
export async function findReached(tx: Tx, scopes: string[], device: string): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select greatest(
      (select coalesce(max(seq), 0) from records
        where scope = any (${scopes}::text[]) and device = ${device}),
      (select coalesce(max(up_to), 0) from seals
        where scope = any (${scopes}::text[]) and device = ${device})) as seq`.execute(tx);
  return rows[0]?.seq ?? 0;
}

/** The latest name that the scope's records give this person; what waits for somebody gives none. */
export async function findNames(tx: Tx, scope: string, person: string): Promise<Names | null> {
  const row = await tx
    .selectFrom('records')
    .select('body')
    .where('scope', '=', scope)
    .where('subject', '=', person)
    .where('kind', 'in', ['member', 'role'])
    .where('body', 'is not', null)
    .where(sql<boolean>`(confirm is null or (kind = 'role' and confirm = 'unsealed'))`)
    .orderBy('n', 'desc')
    .executeTakeFirst();
  return row?.body ? (JSON.parse(row.body) as { names: Names }).names : null;
}

/**
 * The person's name where they are now, else where they ever were: whoever moved to another branch came
 * by an invitation of one that may have erased them since. `scopes` are open in the transaction.
 */
export async function findNamesAnywhere(
  tx: Tx,
  { scopes, person, now }: { scopes: readonly string[]; person: string; now: number },
): Promise<Names | null> {
  const here = (await findGrants(tx, person, now)).map(({ scope }) => scope);
  for (const scope of new Set([...here, ...scopes])) {
    const names = await findNames(tx, scope, person);
    if (names) return names;
  }
  return null;
}

/** Whether any device ever joined as this person. */
export async function hasDevice(tx: Tx, person: string): Promise<boolean> {
  const row = await tx
    .selectFrom('devices')
    .select('device')
    .where('person', '=', person)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the person was a member somewhere on the civil day of `now`, ms, and is no more. */
export async function hasLeft(tx: Tx, person: string, now: number): Promise<boolean> {
  const row = await tx
    .selectFrom('grants')
    .select('scope')
    .where('person', '=', person)
    .where('role', '=', 'member')
    .where('to_day', '<=', civilDay(now))
    .executeTakeFirst();
  return row !== undefined;
}

/** The person's grants in force on the civil day of `now`, ms. */
export async function findGrants(tx: Tx, person: string, now: number): Promise<Grant[]> {
  const { rows } = await sql<{ grants: Grant[] }>`
    select ${grantsOf(now)} as grants from (select ${person}::uuid as person) d`.execute(tx);
  return rows[0]?.grants ?? [];
}

/** Roles that begin after the civil day of `now`, ms: whoever is let in today will hold them then. */
export async function findRolesToCome(tx: Tx, person: string, now: number): Promise<Role[]> {
  const rows = await tx
    .selectFrom('grants')
    .select('role')
    .where('person', '=', person)
    .where('from_day', '>', civilDay(now))
    .where(sql<boolean>`(to_day is null or to_day > from_day)`)
    .execute();
  return rows.map(({ role }) => role);
}

/** Marks the invitation used and writes the device's token; false where the token is somebody's already. */
export async function spendInvitation(
  tx: Tx,
  invitation: Invitation,
  by: { scope: string; device: string; tokenHash: Buffer; key: string | null; day: string },
): Promise<boolean> {
  const { person, hash } = invitation;
  const written = await sql`
    insert into devices (scope, person, device, token_hash, public_key, created_day)
    values (${by.scope}, ${person}, ${by.device}, ${by.tokenHash}, ${by.key}, ${by.day})
    on conflict do nothing`.execute(tx);
  if (written.numAffectedRows === 0n) return false;
  await tx
    .updateTable('invitations')
    .set({ used_device: by.device, used_token_hash: by.tokenHash })
    .where('hash', '=', hash)
    .execute();
  return true;
}

/** Gives a role by joining; a role that a record has spoken about stands as that record says. */
export async function grantByJoining(tx: Tx, grant: Grant, person: string, day: string) {
  await sql`
    insert into grants (scope, person, role, from_day)
    values (${grant.scope}, ${person}, ${grant.role}, ${day})
    on conflict do nothing`.execute(tx);
}
