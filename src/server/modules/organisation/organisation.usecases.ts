/**
 * Projections: what a stored record of kind branch, role or invitation changes on the server, of those
 * that end or admit a device (devices.usecases.ts), of those that end or move a membership
 * (membership.usecases.ts), of what is handed in of another branch (attended.usecases.ts), and of the
 * county's own words (county-words.usecases.ts).
 *
 * Promises: told again, or told late, a record changes nothing that it or a newer one has set, so it
 * may be projected on every `ok` and every `dup`; a crash between storing and projecting heals when
 * the phone, which got no receipt, sends the record again. What gives or ends more than a membership
 * is an administrator's act, written with it and once (db/acts.ts).
 */
import type { BranchBody, RoleBody } from '#domain/bodies/organisation.ts';
import type { InvitationBody } from '#domain/bodies/people.ts';
import { appendAct } from '#server/db/acts.ts';
import { inScopes } from '#server/db/database.ts';
import { everHeldMore } from '#server/db/ever-held-more.ts';
import { appendServerRecords, type ServerDraft } from '#server/db/server-records.ts';
import { projectAttended } from './attended.usecases.ts';
import { projectAdmission, projectPhonesLost, projectRevocation } from './devices.usecases.ts';
import { endOverdue } from './lent.usecases.ts';
import { projectSecond, storeWithCodes } from './second.usecases.ts';
import { projectDecision, projectStanding, projectTransfer } from './membership.usecases.ts';
import {
  findCountyScope,
  keepInvitation,
  keepMembership,
  nameBranch,
  noteRoleEnd,
  setGrant,
} from './organisation.repository.ts';
import { projectComplaintAnswer, projectRetention } from './county-words.usecases.ts';
import { newPresenceKey } from './presence-key.ts';
import { byAuthor, type Deps, type StoredRecord } from './stored-record.ts';

const DAY_MS = 86_400_000;
/** PRODUCT.md and ARCHITECTURE.md, "Server": whatever a phone wrote, none lives longer. */
const INVITATION_LIMIT_MS = { member: 30 * DAY_MS, secretary: DAY_MS };

type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

type Projection = (deps: Deps, record: StoredRecord) => Promise<void>;

/** The projections over one database. */
export function createOrganisation(deps: Deps) {
  const projections: Partial<Record<string, Projection>> = {
    branch: projectBranch,
    role: projectRole,
    invitation: projectInvitation,
    revocation: projectRevocation,
    'phones-lost': projectPhonesLost,
    admission: projectAdmission,
    standing: projectStanding,
    decision: projectDecision,
    transfer: projectTransfer,
    second: projectSecond,
    'attended-elsewhere': projectAttended,
    retention: projectRetention,
    'complaint-answer': projectComplaintAnswer,
  };

  return {
    /** Ends what was lent until then (lent.usecases.ts). */
    endOverdue: (now: number) => endOverdue(deps, now),
    /** Whether storing a record of this kind changes anything beside the record. */
    projects: (kind: string) => kind in projections,
    /** Stores records, and takes what there is one of, together (second.usecases.ts). */
    store: (...given: Tail<Parameters<typeof storeWithCodes>>) => storeWithCodes(deps, ...given),
    /** Applies one stored record; throws only where the database does. */
    async project(record: StoredRecord): Promise<void> {
      await projections[record.kind]?.(deps, record);
    },
  };
}

async function projectBranch(deps: Deps, { scope, n, body }: StoredRecord) {
  const { branch, names, township, kind, until } = body as BranchBody;
  await inScopes(deps.database, [branch], async (tx) => {
    const place = { id: branch, county: scope, names, township: township ?? null, n };
    const naming = await nameBranch(tx, place);
    if (naming === 'nothing') return;
    const told = { names, ...(township && { township }), ...(kind && { kind }) };
    const about: ServerDraft = { kind: 'about', body: { ...told, ...(until && { until }) } };
    const drafts = naming === 'made' ? [about, newPresenceKey(deps)] : [about];
    await appendServerRecords(tx, branch, drafts, deps);
  });
}

/**
 * Secretary and committee are members too; the membership stays when the role ends. Whoever held the
 * presence key knows no code of what comes after: the branch gets another one. The administrators,
 * who read nothing of a branch, are told in the county's scope.
 */
async function projectRole(deps: Deps, record: StoredRecord) {
  const { scope, n, subject, body, received } = record;
  if (!subject) return;
  const { role, from, to } = body as RoleBody;
  const county = await findCountyScope(deps.database.db);
  await inScopes(deps.database, [scope, county], async (tx) => {
    const changed = await setGrant(tx, { scope, person: subject, role, from, to: to ?? null, n });
    await keepMembership(tx, { scope, person: subject, from, n });
    if (!changed) return;
    const kind = to === undefined ? 'grant' : 'revoke';
    const detail = { role, from, to: to ?? null, record: n };
    await appendAct(tx, { kind, ...byAuthor(record), scope, person: subject, detail }, received);
    const office = { kind: 'office', subject, body: { ...body, branch: scope } };
    await appendServerRecords(tx, county, [office], deps);
    if (to === undefined) return;
    await noteRoleEnd(tx, { scope, person: subject, role });
    await appendServerRecords(tx, scope, [newPresenceKey(deps)], deps);
  });
}

async function projectInvitation({ database }: Deps, record: StoredRecord) {
  const { scope, n, subject, received, body } = record;
  if (!subject) return;
  const { hash, role, expires } = body as InvitationBody;
  const latest = received + INVITATION_LIMIT_MS[role];
  await inScopes(database, [scope], async (tx) => {
    const isNew = await keepInvitation(tx, {
      scope,
      hash,
      person: subject,
      role,
      names: null,
      expires: Math.min(expires, latest),
    });
    // Members' invitations are no act: no table tells who was asked or came when. Whoever kept a roster
    // once is another matter (joining.usecases.ts).
    if (!isNew || (role === 'member' && !(await everHeldMore(tx, subject)))) return;
    const detail = { role, invitation: hash, record: n };
    const act = { kind: 'invite', ...byAuthor(record), scope, person: subject, detail } as const;
    await appendAct(tx, act, received);
  });
}
