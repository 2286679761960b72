/** The demonstration county: two branches, their people, a meeting tonight, and invitations to print. */
import { civilDay, civilTime } from '#domain/civil-day.ts';
import { invitationHash } from '#domain/invitations.ts';
import { toBase32 } from '#lib/base32.ts';
import { countyIsReady, makeCounty } from '#server/db/county.ts';
import type { Database } from '#server/db/database.ts';
import type { ServerDraft, Sources } from '#server/db/server-records.ts';
import {
  DEMO_BRANCHES,
  DEMO_COUNTY,
  DEMO_REVIEWERS,
  DEMO_TOWNSHIP,
  type DemoBranch,
  type DemoMember,
} from './demo-people.ts';
import { invitationLife, inviteToCounty, newSecret, type MadeInvitation } from './invite.ts';
import { ADMINISTRATOR } from './seed-empty.ts';
import { tell } from './tell.ts';

type Deps = Sources & { database: Database };

/** 80 bits, as on every member's card. */
const CARD_BYTES = 10;
/** Half past seven in the evening, when the fields are done. */
const MEETING_MINUTES = 19 * 60 + 30;

/** Makes it; the invitations come in the order in which CONTRACT.md counts them. */
export async function seedDemo(deps: Deps): Promise<MadeInvitation[]> {
  const county = await makeCounty(deps.database.db, deps, { names: DEMO_COUNTY, demo: true });
  const made: MadeInvitation[] = [];
  for (const branch of DEMO_BRANCHES) made.push(...(await seedBranch(deps, county, branch)));
  for (const names of DEMO_REVIEWERS)
    made.push(await inviteToCounty(deps, { scope: county, role: 'reviewer', names }));
  made.push(
    await inviteToCounty(deps, { scope: county, role: 'administrator', names: ADMINISTRATOR }),
  );
  await countyIsReady(deps.database.db);
  const order = ['member', 'secretary', 'reviewer', 'administrator'];
  return made.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}

async function seedBranch(deps: Deps, county: string, branch: DemoBranch) {
  const id = deps.ids.next();
  const { names } = branch;
  const body = { branch: id, names, township: DEMO_TOWNSHIP };
  await tell(deps, county, [{ kind: 'branch', body }]);
  const people = branch.members.map((member) => recordsOf(deps, member));
  const day = civilDay(deps.clock.now());
  const meeting: ServerDraft = {
    kind: 'activity',
    body: {
      ...{ type: 'theme-day', title: '主题党日', place: '村文化室' },
      starts: civilTime(day, MEETING_MINUTES),
    },
  };
  await tell(deps, id, [...people.flatMap(({ drafts }) => drafts), meeting]);
  return people.flatMap(({ invitation }) => (invitation ? [invitation] : []));
}

function recordsOf(deps: Deps, { names, group, role, invited }: DemoMember) {
  const subject = deps.ids.next();
  const card = toBase32(deps.random.bytes(CARD_BYTES));
  const drafts: ServerDraft[] = [{ kind: 'member', subject, body: { names, group, card } }];
  const now = deps.clock.now();
  if (role) {
    drafts.push({ kind: 'role', subject, body: { role, names, card, from: civilDay(now) } });
  }
  if (!invited) return { drafts, invitation: null };
  const invitation = { role: role ? 'secretary' : 'member', secret: newSecret(deps) } as const;
  const expires = now + invitationLife(invitation.role);
  const hash = invitationHash(invitation.secret);
  drafts.push({ kind: 'invitation', subject, body: { hash, role: invitation.role, expires } });
  return { drafts, invitation };
}
