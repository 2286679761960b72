/**
 * What administrators say in the county's scope that others have to hear: how long things are kept, to
 * every branch; that a complaint is answered, or an objection looked at, to whoever wrote it, in their
 * own scope. Promises: told
 * again, or in another order, the last word is what was stored last, and nothing is told twice in a row.
 */
import { sql } from 'kysely';
import type { ComplaintAnswerBody, ComplaintToldBody } from '#domain/bodies/complaint.ts';
import { civilDay } from '#domain/civil-day.ts';
import { COMPLAINT_ANSWER_KIND, COMPLAINT_KIND, COMPLAINT_TOLD_KIND } from '#domain/complaints.ts';
import { OBJECTION_ABOVE_KIND } from '#domain/objections.ts';
import { personScope } from '#domain/roles.ts';
import { inScopes, type Tx } from '#server/db/database.ts';
import { findRetention, tellKeeping } from '#server/db/retention-rule.ts';
import { appendServerRecords } from '#server/db/server-records.ts';
import type { Deps, StoredRecord } from './stored-record.ts';

/** Another period. */
export async function projectRetention(deps: Deps, { scope }: StoredRecord): Promise<void> {
  const rule = await findRetention(deps.database, scope, civilDay(deps.clock.now()));
  await tellKeeping(deps.database, deps, rule);
}

/** 已答复, or not after all. */
export async function projectComplaintAnswer(
  deps: Deps,
  { scope, body }: StoredRecord,
): Promise<void> {
  const { complaint } = body as ComplaintAnswerBody;
  const by = await inScopes(deps.database, [scope], (tx) => findComplaint(tx, scope, complaint));
  if (!by) return;
  const own = personScope(by.subject);
  await inScopes(deps.database, [scope, own], async (tx) => {
    const done = await lastSaid(tx, scope, COMPLAINT_ANSWER_KIND, complaint);
    if (done === null || done === (await lastSaid(tx, own, COMPLAINT_TOLD_KIND, complaint))) return;
    const told: ComplaintToldBody = { complaint, day: by.day, done };
    const draft = { kind: COMPLAINT_TOLD_KIND, subject: by.subject, body: { ...told } };
    await appendServerRecords(tx, own, [draft], deps);
  });
}

async function findComplaint(tx: Tx, scope: string, id: string) {
  const { rows } = await sql<{ subject: string; day: string }>`
    select subject::text, day from records
    where scope = ${scope} and id::text = ${id} and kind in (${COMPLAINT_KIND}, ${OBJECTION_ABOVE_KIND})
    order by n limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** What the last record of this kind about the complaint says; null where there is none. */
async function lastSaid(
  tx: Tx,
  scope: string,
  kind: string,
  complaint: string,
): Promise<boolean | null> {
  const { rows } = await sql<{ done: boolean }>`
    select (r.body::jsonb -> 'done')::boolean as done from records r
    where r.scope = ${scope} and r.kind = ${kind} and r.body is not null
      and case when r.kind = ${kind} then r.body::jsonb ->> 'complaint' = ${complaint} end
    order by r.n desc limit 1`.execute(tx);
  return rows[0]?.done ?? null;
}
