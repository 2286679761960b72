/** Who is asking: a bearer token of one person on one device. The session alone decides scopes (X-02). */
import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { civilDay } from '#domain/civil-day.ts';
import type { Grant } from '#domain/roles.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Schema } from '#server/db/schema.ts';

/** The person and device behind a token, with the roles of today and the county's present epoch. */
export interface Session extends DeviceFacts {
  county: string;
  epoch: string;
  /** Some device, whoever's, that was lent has ended, and nothing says so yet (organisation/lent.usecases.ts). */
  overdue: boolean;
}

/** A device as it stands. */
export interface DeviceFacts {
  person: string;
  device: string;
  grants: Grant[];
  /** Its public key, base64url; null where it never gave one. */
  key: string | null;
  /** Its token is over; `renewed`: it went on under another id. */
  ended: 'revoked' | 'renewed' | null;
}

const BEARER = /^Bearer ([\w-]{43})$/;

/** What the database keeps of a token. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token of an Authorization header; null where there is none of our form. */
export function bearerOf(authorization: string | undefined): string | null {
  return BEARER.exec(authorization ?? '')?.[1] ?? null;
}

/** One query: token, device, grants in force on the civil day of `now` (ms), county. An ended token is refused. */
export async function findSession(
  db: Kysely<Schema>,
  authorization: string | undefined,
  now: number,
): Promise<Result<Session, 'session.unknown' | 'session.revoked'>> {
  const session = await findBearer(db, authorization, now);
  return session.ok && session.value.ended ? fail('session.revoked') : session;
}

/** As `findSession`, an ended token too: for what it may still do. */
export async function findBearer(
  db: Kysely<Schema>,
  authorization: string | undefined,
  now: number,
): Promise<Result<Session, 'session.unknown'>> {
  const token = bearerOf(authorization);
  if (!token) return fail('session.unknown');
  const { rows } = await sql<Session>`
    select ${factsOf(now)}, c.scope as county, c.epoch,
      exists (select from devices o where o.ends <= ${now} and o.revoked is null) as overdue
    from devices d cross join county c where d.token_hash = ${tokenHash(token)}`.execute(db);
  const row = rows[0];
  return row ? ok(row) : fail('session.unknown');
}

/** These devices, each as it stands now (ms), with those of `scopes` in which its person ever had a role. */
export async function findDevices(
  db: Kysely<Schema>,
  { devices, scopes }: { devices: readonly string[]; scopes: readonly string[] },
  now: number,
): Promise<(DeviceFacts & { places: string[] })[]> {
  const { rows } = await sql<DeviceFacts & { places: string[] }>`
    select ${factsOf(now)}, array(select distinct g.scope from grants g
      where g.person = d.person and g.scope = any (${[...scopes]}::text[])) as places
    from devices d where d.device = any (${[...devices]}::uuid[])`.execute(db);
  return rows;
}

/**
 * Whether the id is that of another person's device, or the county's own: a phone is not sent the rows
 * of its own device, so under the id of another one could write past its eyes.
 */
export async function isDeviceOfAnother(
  db: Kysely<Schema>,
  { device, person }: { device: string; person: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from devices where device = ${device} and person <> ${person}
    union all select from county where server_device = ${device}`.execute(db);
  return rows.length > 0;
}

function factsOf(now: number) {
  return sql`d.person, d.device, d.public_key as key, ${grantsOf(now, 'all told')} as grants,
    case when d.revoked is not null or d.ends <= ${now} then 'revoked'
      when exists (select from renewals r where r.scope = d.scope and r.device = d.device)
      then 'renewed' end as ended`;
}

/**
 * SQL: the grants of `d.person` in force, as JSON. A role begins on its `from` and is over on its `to`.
 * What a branch decides by them is about its own people: second memberships are among them only where
 * all is asked for, and so is a branch in which nothing is left of either, told as `left`.
 */
export function grantsOf(now: number, also?: 'all told') {
  const today = civilDay(now);
  const runs = sql`from_day <= ${today} and (to_day is null or to_day > ${today})`;
  const left = sql`union all select distinct g.scope, 'left' from grants g
    where g.person = d.person and g.role in ('member', 'second') and g.to_day <= ${today}
      and not exists (select from grants where person = g.person and scope = g.scope and ${runs})`;
  return sql<Grant[]>`coalesce((
    select json_agg(json_build_object('scope', h.scope, 'role', h.role) order by h.scope, h.role)
    from (select scope, role from grants where person = d.person and ${runs}
      ${also ? left : sql`and role <> 'second'`}) h
    ), '[]'::json)`;
}
