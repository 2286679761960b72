/** Records of a handover, as bare devices write them. */
import { invitationHash } from '#domain/invitations.ts';
import type { SyncAnswer } from '#protocol/sync.ts';
import type { Grant } from '#domain/roles.ts';
import type { PlainRecord } from '#protocol/record.ts';
import { personalDevice } from './personal-device.ts';
import { startServer } from './server.ts';
import { CARD, joinWire, newId, newSecretText, secretOf, wireRecord } from './wire-device.ts';

type Server = Pick<Awaited<ReturnType<typeof startServer>>, 'pool'>;

/** Since when the old secretary had the role, and from which day the new one has it. */
export const SINCE = '2020-01-01';
export const HANDED_OVER = '2026-03-05';

/** A county, the first branch of it, and what people write there. */
export async function startHandover() {
  const server = await startServer();
  const secret = secretOf(server.invitations[4] ?? { url: 'none:' });
  const { branch } = await joinWire(server.url, secret);
  const stored = async ({ id }: PlainRecord) =>
    (await server.pool.query('select confirm from records where id = $1', [id])).rows;
  return { server, branch, stored, ...handoverIn(branch) };
}

/** A secretary and the member who follows; each time others. */
export async function newPair({ server, branch }: Awaited<ReturnType<typeof startHandover>>) {
  const asMember: Grant = { scope: branch, role: 'member' };
  const old = await personalDevice(server, newId(), [
    asMember,
    { scope: branch, role: 'secretary' },
  ]);
  return { old, next: await personalDevice(server, newId(), [asMember]) };
}

/** What people of one branch write around a handover. */
function handoverIn(branch: string) {
  const role = (seq: number, subject: string, more: object = {}) =>
    wireRecord({
      ...{ kind: 'role', scope: branch, seq, subject },
      body: { role: 'secretary', names: { hans: '罗' }, card: CARD, from: HANDED_OVER, ...more },
    });
  return {
    role,
    activity: (seq: number, title = '党课') =>
      wireRecord({
        ...{ kind: 'activity', scope: branch, seq },
        body: { type: 'lecture', title, starts: 1_772_700_000_000 },
      }),
    /** Both halves, the first under `seq`. */
    handover: (seq: number, old: { person: string }, next: { person: string }) => [
      role(seq, next.person),
      role(seq + 1, old.person, { from: SINCE, to: HANDED_OVER }),
    ],
  };
}

/** First seq, code and reason of each run. */
export const codes = ({ results }: SyncAnswer) =>
  results.map(({ from, code, reason }) => [from, code, ...(reason ? [reason] : [])]);

/** The roles that an answer tells. */
export const rolesIn = ({ grants }: SyncAnswer) =>
  (grants ?? []).map(({ role }) => role).toSorted();

/** A fresh invitation of the administrator: each opens once. */
export async function adminSecret({ pool }: Server): Promise<string> {
  const secret = newSecretText();
  await pool.query(
    `insert into invitations (scope, hash, person, role, names, expires)
     select c.scope, $1, $2, 'administrator', '{"hans":"管"}', $3 from county c`,
    [invitationHash(secret), newId(), Date.now() + 1e7],
  );
  return secret;
}
