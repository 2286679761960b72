/** Invitations that the server itself makes: for the first people of a county. */
import type { Names } from '#domain/bodies/shared.ts';
import { invitationHash } from '#domain/invitations.ts';
import type { Role } from '#domain/roles.ts';
import { toBase64Url } from '#lib/base64.ts';
import { appendAct } from '#server/db/acts.ts';
import { inScopes, type Database } from '#server/db/database.ts';
import type { Sources } from '#server/db/server-records.ts';

/** An invitation to print: what it makes somebody, and the link that opens once. */
export interface MadeInvitation {
  role: Role;
  secret: string;
}

/** 256 bits: nobody guesses one. */
const SECRET_BYTES = 32;
const DAY_MS = 86_400_000;

/** How long an invitation opens (PRODUCT.md, ARCHITECTURE.md "Server"), ms. */
export function invitationLife(role: Role): number {
  return role === 'member' ? 30 * DAY_MS : DAY_MS;
}

export function newSecret({ random }: Pick<Sources, 'random'>): string {
  return toBase64Url(random.bytes(SECRET_BYTES));
}

/** Writes an invitation into the county for a new person. */
export async function inviteToCounty(
  { database, ...sources }: Sources & { database: Database },
  invitation: { scope: string; role: Role; names: Names },
): Promise<MadeInvitation> {
  const secret = newSecret(sources);
  const { scope, role, names } = invitation;
  const [hash, person, now] = [invitationHash(secret), sources.ids.next(), sources.clock.now()];
  const expires = now + invitationLife(role);
  await inScopes(database, [scope], async (tx) => {
    await tx
      .insertInto('invitations')
      .values({ scope, role, hash, person, names: JSON.stringify(names), expires })
      .execute();
    const detail = { role, invitation: hash };
    await appendAct(tx, { kind: 'invite', scope, person, detail }, now);
  });
  return { role, secret };
}
