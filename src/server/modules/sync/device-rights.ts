/**
 * Whose phones a desk may end or let in (domain/devices.ts): what the subject holds stands in no
 * record, so the table of kinds can't say it, and the server is asked before it stores.
 */
import { sql } from 'kysely';
import {
  ADMISSION_KIND,
  mayActOnDevice,
  PHONES_LOST_KIND,
  REVOCATION_KIND,
} from '#domain/devices.ts';
import type { Grant } from '#domain/roles.ts';
import type { Clock } from '#lib/clock.ts';
import type { Database } from '#server/db/database.ts';
import { grantsOf } from '#server/http/session.ts';
import type { Standing } from './store-records.ts';

const KINDS: readonly string[] = [REVOCATION_KIND, ADMISSION_KIND, PHONES_LOST_KIND];

/** Those that their author may not write of this subject. */
export async function beyondDeviceRights(
  { database, clock }: { database: Database; clock: Clock },
  { scope, parents }: { scope: string; parents: readonly string[] },
  given: readonly Standing[],
): Promise<Set<Standing>> {
  const ours = given.filter(({ record }) => KINDS.includes(record.kind) && record.subject);
  if (ours.length === 0) return new Set();
  const subjects = [...new Set(ours.map(({ record }) => record.subject ?? ''))];
  const { rows } = await sql<{ person: string; grants: Grant[] }>`
    select d.person, ${grantsOf(clock.now())} as grants
    from unnest(${subjects}::uuid[]) as d (person)`.execute(database.db);
  const held = new Map(rows.map(({ person, grants }) => [person, grants]));
  const refused = ours.filter(({ record, source }) => {
    const subject = record.subject ?? '';
    const administers = source.grants.some(
      (grant) => grant.role === 'administrator' && parents.includes(grant.scope),
    );
    const both = { grants: source.grants, subjectGrants: held.get(subject) ?? [] };
    const act = { kind: record.kind, scope, author: source.person, subject };
    return !mayActOnDevice({ ...act, ...both, administers });
  });
  return new Set(refused);
}
