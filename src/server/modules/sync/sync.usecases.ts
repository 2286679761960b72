/** One sync: push, then pull with the roles as they are after the push. */
import { personScope, type Grant } from '#domain/roles.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { inScopes } from '#server/db/database.ts';
import { findBearer, findSession, type Session } from '#server/http/session.ts';
import { inBrief, namedCursors } from '#protocol/brief.ts';
import {
  WANT_DEFAULT_BYTES,
  type BriefAnswer,
  type SyncAnswer,
  type SyncRequest,
} from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { pull } from './pull.usecases.ts';
import { push, type Pushed } from './push.usecases.ts';
import type { ForgeryWatch } from './forgery-watch.ts';
import type { PushDeps } from './store-records.ts';
import { toRuns } from './result-runs.ts';
import { replaceKey } from './chain.repository.ts';
import { deviceKey, type WholeSeal } from './verify-seal.ts';

/** The first versions of the protocol that know branches left, and second memberships. */
const KNOWS_LEFT = 3;
const KNOWS_SECOND = 4;

export type SyncError = 'session.unknown' | 'session.revoked' | 'server.unavailable';

/** What was stored, now or before; of a waiting record an unsealed role gives and ends one too (ADR 10). */
const MAY_CHANGE_ROLES: readonly string[] = ['ok', 'dup', 'to-confirm'];

/** Answers one request of the device behind `authorization`. */
export async function answerSync(
  deps: PushDeps & { forgeries: ForgeryWatch },
  authorization: string | undefined,
  request: SyncRequest,
): Promise<Result<BriefAnswer, SyncError>> {
  const { db } = deps.database;
  const before = await findBearer(db, authorization, deps.clock.now());
  if (!before.ok) return before;
  // Before anything is stored: how far an ended device had come is noted with its end.
  if (before.value.overdue) await deps.projector.endOverdue(deps.clock.now()).catch(deps.onError);
  const session = toldTo(request, before.value);
  const { records = [] } = request;
  if (records.length > 0 && deps.forgeries.turnsAway(session.device))
    return fail('server.unavailable');
  const seals = wholeSeals(request, session);
  if (session.ended && records.length === 0) return fail('session.revoked');
  const key = await renewedKey(deps, session, request.key);
  const pushed = await push(deps, { ...session, key, carrier: null }, { records, seals });
  await deps.forgeries.note(session, pushed.outcomes);
  if (session.ended)
    return pushed.over
      ? fail('session.revoked')
      : ok(inBrief(handedIn(deps, session, pushed), request, session.person));
  // What was just pushed may have given or ended a role.
  const again = pushed.outcomes.some(({ code }) => MAY_CHANGE_ROLES.includes(code));
  const after = again ? await findSession(db, authorization, deps.clock.now()) : before;
  // What was just pushed ended this very device: the last that it is told is what became of it.
  if (!after.ok && after.error === 'session.revoked')
    return ok(
      inBrief(handedIn(deps, { ...session, ended: 'revoked' }, pushed), request, session.person),
    );
  if (!after.ok) return after;
  const told = toldTo(request, after.value);
  const cursors = namedCursors(request, told);
  const { v, want = WANT_DEFAULT_BYTES, own } = request;
  const asked = cursors && { v, cursors, want, own };
  const pages = asked ? await pull(deps.database, told, asked) : [];
  const { person, grants } = told;
  const more = cursors === null || pages.some((page) => page.more);
  const answer = { ...answerOf(deps, told, pushed), pages, grants, more };
  return ok(inBrief({ ...answer, ...notTaken(session, seals, pushed) }, request, person));
}

/**
 * A phone that knows nothing of branches left is not told of them: it could not read the answer. A
 * second membership is told to an older one as a membership, which reads and writes the same.
 */
function toldTo({ v }: SyncRequest, session: Session): Session {
  if (v >= KNOWS_SECOND) return session;
  const known = session.grants.filter(({ role }) => v >= KNOWS_LEFT || role !== 'left');
  const grants = known.map((grant) => (grant.role === 'second' ? asMember(grant) : grant));
  return { ...session, grants: grants.filter((one, at) => at === firstLike(grants, one)) };
}

const asMember = ({ scope }: Grant): Grant => ({ scope, role: 'member' });
const firstLike = (grants: readonly Grant[], { scope, role }: Grant) =>
  grants.findIndex((one) => one.scope === scope && one.role === role);

function wholeSeals({ seals = [] }: SyncRequest, { device }: Session): WholeSeal[] {
  return seals.map((seal) => ({ ...seal, device: seal.device ?? device }));
}

function answerOf(deps: PushDeps, { epoch }: Session, { outcomes }: Pushed) {
  return { v: PROTOCOL_VERSION, epoch, now: deps.clock.now(), results: toRuns(outcomes) };
}

/**
 * What an ended token is answered: what became of its records, and nothing that it may read. Whoever
 * went on under another id keeps the roles, so that nothing is cleared away meanwhile.
 */
function handedIn(deps: PushDeps, session: Session, pushed: Pushed): SyncAnswer {
  const grants = session.ended === 'renewed' ? session.grants : [];
  return { ...answerOf(deps, session, pushed), pages: [], grants, more: false };
}

/** Where a seal of the sender's was sent and its chain is not verified that far. */
function notTaken(
  { device }: Session,
  seals: readonly WholeSeal[],
  { sealedTo }: Pushed,
): { sealed?: number } {
  const upTo = Math.max(0, ...seals.filter((seal) => seal.device === device).map((s) => s.upTo));
  return sealedTo === null || upTo <= sealedTo ? {} : { sealed: sealedTo };
}

/** The key that the device seals with from now on; what was sealed stays sealed. */
async function renewedKey(deps: PushDeps, session: Session, key: string | undefined) {
  const isNew = key !== undefined && key !== session.key && !session.ended;
  if (!isNew || !(await deviceKey(key)) || (await deps.disk.isLow())) return session.key;
  const { person, device } = session;
  const scope = personScope(person);
  const kept = await inScopes(deps.database, [scope], (tx) =>
    replaceKey(tx, { scope, device }, key),
  ).catch((error: unknown) => (deps.onError(error), false));
  return kept === false ? session.key : key;
}
