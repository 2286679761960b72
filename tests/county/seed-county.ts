/**
 * Writes a planned county into a database that holds an empty one, by the server's own code: every
 * record by append_records, every branch and role by its projection, so that numbers, tags, chains,
 * grants, acts and the register are what they would be.
 */
import { civilDay } from '#domain/civil-day.ts';
import { invitationHash } from '#domain/invitations.ts';
import { toBase32 } from '#lib/base32.ts';
import type { Database } from '#server/db/database.ts';
import type { ServerDraft, Sources } from '#server/db/server-records.ts';
import { invitationLife, newSecret, type MadeInvitation } from '#server/tasks/invite.ts';
import { tell } from '#server/tasks/tell.ts';
import type { CountyPlan, PlannedPerson } from './plan-county.ts';

type Deps = Sources & { database: Database };

/** 80 bits, as on every member's card. */
const CARD_BYTES = 10;
/** Everybody has been what they are for a while. */
const SINCE_DAYS = 400;
const DAY_MS = 86_400_000;

/** Writes it; the invitation of the first branch's secretary. `told`: after each branch, how many are there. */
export async function seedCounty(
  deps: Deps,
  plan: CountyPlan,
  told: (branches: number) => void = () => undefined,
): Promise<MadeInvitation> {
  const county = await deps.database.db
    .selectFrom('county')
    .select('scope')
    .executeTakeFirstOrThrow();
  const branches = plan.branches.map((branch) => ({ ...branch, id: deps.ids.next() }));
  const register = branches.map(({ id, names, township }) => ({
    kind: 'branch',
    body: { branch: id, names, township },
  }));
  await tell(deps, county.scope, register);
  const invitation = { role: 'secretary', secret: newSecret(deps) } as const;
  for (const [at, { id, people }] of branches.entries()) {
    await tell(deps, id, branchDrafts(deps, people, at === 0 ? invitation : null));
    told(at + 1);
  }
  return invitation;
}

function branchDrafts(
  deps: Deps,
  people: readonly PlannedPerson[],
  invitation: MadeInvitation | null,
): ServerDraft[] {
  const contact = deps.ids.next();
  return people.flatMap((person, at) => {
    const subject = person.role === 'secretary' ? contact : deps.ids.next();
    const drafts = personDrafts(deps, person, { subject, contact });
    return at === 0 && invitation ? [...drafts, inviteDraft(deps, subject, invitation)] : drafts;
  });
}

function personDrafts(
  { clock, random }: Deps,
  { names, group, role, state, isProbationary }: PlannedPerson,
  { subject, contact }: { subject: string; contact: string },
): ServerDraft[] {
  const card = toBase32(random.bytes(CARD_BYTES));
  const from = civilDay(clock.now() - SINCE_DAYS * DAY_MS);
  const standing = (of: string, is: string): ServerDraft => ({
    ...{ kind: 'standing', subject },
    body: { of, is, from },
  });
  return [
    { kind: 'member', subject, body: { names, group, card } },
    ...(role ? [{ kind: 'role', subject, body: { role, names, card, from } }] : []),
    ...(isProbationary ? [standing('membership', 'probationary')] : []),
    ...(state === 'listed' ? [] : [standing('state', state)]),
    ...(state === 'migrant' ? [standing('contact', contact)] : []),
  ];
}

function inviteDraft({ clock }: Deps, subject: string, { secret }: MadeInvitation): ServerDraft {
  const expires = clock.now() + invitationLife('secretary');
  const body = { hash: invitationHash(secret), role: 'secretary', expires };
  return { kind: 'invitation', subject, body };
}
