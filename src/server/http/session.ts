/** Who is asking: a bearer token of one person on one device. The session alone decides scopes. */
import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { civilDay } from '#domain/civil-day.ts';
import type { Grant } from '#domain/roles.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Schema } from '#server/db/schema.ts';

/** The person and device behind a token, with the roles of today and the county's present epoch. */
export interface Session {
  person: string;
  device: string;
  grants: Grant[];
  county: string;
  epoch: string;
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

/** One query: token, device, grants in force on the civil day of `now` (ms), county. */
export async function findSession(
  db: Kysely<Schema>,
  authorization: string | undefined,
  now: number,
): Promise<Result<Session, 'session.unknown' | 'session.revoked'>> {
  const token = bearerOf(authorization);
  if (!token) return fail('session.unknown');
  const { rows } = await sql<Session & { revoked: number | null }>`
    select d.person, d.device, d.revoked, c.scope as county, c.epoch, ${grantsOf(now)} as grants
    from devices d cross join county c where d.token_hash = ${tokenHash(token)}`.execute(db);
  const row = rows[0];
  if (!row) return fail('session.unknown');
  if (row.revoked !== null) return fail('session.revoked');
  const { person, device, grants, county, epoch } = row;
  return ok({ person, device, grants, county, epoch });
}

/** SQL: the grants of `d.person` in force, as JSON. A role begins on its `from` and is over on its `to`. */
export function grantsOf(now: number) {
  const today = civilDay(now);
  return sql<Grant[]>`coalesce((
    select json_agg(json_build_object('scope', g.scope, 'role', g.role) order by g.scope, g.role)
    from grants g where g.person = d.person and g.from_day <= ${today}
      and (g.to_day is null or g.to_day > ${today})), '[]'::json)`;
}
