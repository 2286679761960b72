/** One sync: push, then pull with the roles as they are after the push. */
import { personScope } from '#domain/roles.ts';
import { ok, type Result } from '#lib/result.ts';
import { inScopes } from '#server/db/database.ts';
import { findSession, type Session } from '#server/http/session.ts';
import { inBrief, namedCursors } from '#protocol/brief.ts';
import { WANT_DEFAULT_BYTES, type BriefAnswer, type SyncRequest } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { pull } from './pull.usecases.ts';
import { push, type PushDeps } from './push.usecases.ts';
import { toRuns } from './result-runs.ts';
import { keepSeals } from './sync.repository.ts';

export type SessionError = 'session.unknown' | 'session.revoked';

/** Answers one request of the device behind `authorization`. */
export async function answerSync(
  deps: PushDeps,
  authorization: string | undefined,
  request: SyncRequest,
): Promise<Result<BriefAnswer, SessionError>> {
  const { db } = deps.database;
  const before = await findSession(db, authorization, deps.clock.now());
  if (!before.ok) return before;
  const { records = [], seals = [] } = request;
  const outcomes = records.length > 0 ? await push(deps, before.value, records) : [];
  await storeSeals(deps, before.value, seals);
  // What was just pushed may have given or ended a role.
  const again = outcomes.some((outcome) => outcome.code === 'ok' || outcome.code === 'dup');
  const after = again ? await findSession(db, authorization, deps.clock.now()) : before;
  if (!after.ok) return after;
  const { person, grants, epoch } = after.value;
  const cursors = namedCursors(request, after.value);
  const { v, want = WANT_DEFAULT_BYTES, own } = request;
  const asked = cursors && { v, cursors, want, own };
  const pages = asked ? await pull(deps.database, after.value, asked) : [];
  const answer = {
    ...{ v: PROTOCOL_VERSION, epoch, now: deps.clock.now(), results: toRuns(outcomes), pages },
    ...{ grants, more: cursors === null || pages.some((page) => page.more) },
  };
  return ok(inBrief(answer, request, person));
}

/** A seal of another device than the sender's proves nothing here and is passed over. */
async function storeSeals(
  deps: PushDeps,
  { person, device }: Session,
  seals: NonNullable<SyncRequest['seals']>,
) {
  const own = seals
    .map((seal) => ({ ...seal, device: seal.device ?? device }))
    .filter((seal) => seal.device === device);
  if (own.length === 0 || (await deps.disk.isLow())) return;
  const scope = personScope(person);
  await inScopes(deps.database, [scope], (tx) => keepSeals(tx, scope, own)).catch(deps.onError);
}
