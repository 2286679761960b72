/**
 * What a member hands in of another branch, and whether that branch's records bear it out (ADR 16).
 *
 * Promises: where they do, the home branch is told by one record of the server's; where they do not, and
 * where there is no such branch, activity or line, nothing is written and nobody can tell which it was.
 * Of the host nothing crosses but that yes: its records are read in a transaction of its own scope, the
 * yes is written in one of the home branch's.
 */
import * as v from 'valibot';
import { attendedBody } from '#domain/bodies/migrants.ts';
import { ATTENDED_CHECKED_KIND, bearsOut } from '#domain/elsewhere.ts';
import { inScopes } from '#server/db/database.ts';
import { appendServerRecords } from '#server/db/server-records.ts';
import { findHostRecords, findUnmarked } from './attended.repository.ts';
import type { Deps, StoredRecord } from './stored-record.ts';

/** 「交給家裏支部」 has come in. */
export async function projectAttended(
  deps: Deps,
  { scope, subject, n, body }: StoredRecord,
): Promise<void> {
  // Of one that came in its erased form nothing is known.
  const said = v.safeParse(attendedBody, body);
  if (subject === null || !said.success || said.output.host === scope) return;
  const { host } = said.output;
  const records = await inScopes(deps.database, [host], (tx) =>
    findHostRecords(tx, said.output, subject),
  );
  if (!bearsOut(said.output, subject, records)) return;
  await inScopes(deps.database, [scope], async (tx) => {
    const own = await findUnmarked(tx, { scope, n });
    if (!own) return;
    const checked = { record: own.id, hash: own.hash };
    const draft = { kind: ATTENDED_CHECKED_KIND, subject, body: checked };
    await appendServerRecords(tx, scope, [draft], deps);
  });
}
