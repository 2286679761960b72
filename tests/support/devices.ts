/** Phones of a branch that are lost, ended and let in again, as bare devices write of them. */
import { invitationHash } from '#domain/invitations.ts';
import type { Grant, Role } from '#domain/roles.ts';
import type { SyncAnswer } from '#protocol/sync.ts';
import type { AgainAnswer } from '#protocol/rejoin.ts';
import { personalDevice } from './personal-device.ts';
import type { startServer } from './server.ts';
import { CARD, joinWire, newId, newSecretText, post, secretOf, wireRecord } from './wire-device.ts';
import { createSealer } from './wire-seal.ts';

type Server = Awaited<ReturnType<typeof startServer>>;
export type Device = Awaited<ReturnType<typeof personalDevice>>;

/** The first branch, and what people write of phones there. */
export async function startDevices(server: Server) {
  const secret = secretOf(server.invitations[4] ?? { url: 'none:' });
  const { branch, county } = await joinWire(server.url, secret);
  const somebody = (...roles: Role[]) => {
    const grants = ['member' as const, ...roles].map((role): Grant => ({ scope: branch, role }));
    return personalDevice(server, newId(), grants);
  };
  const revocation = (seq: number, of: { person: string; device: string }) =>
    wireRecord({
      ...{ kind: 'revocation', scope: branch, seq, subject: of.person },
      body: { device: of.device },
    });
  const admission = (seq: number, subject: string, body: { device: string; request: string }) =>
    wireRecord({ kind: 'admission', scope: branch, seq, subject, body });
  const isEnded = async ({ device }: { device: string }) =>
    (
      await server.pool.query(
        'select revoked is not null as ended from devices where device = $1',
        [device],
      )
    ).rows[0]?.ended as boolean | undefined;
  return { branch, county: county.id, somebody, revocation, admission, isEnded };
}

/** First seq, code and reason of each run. */
export const codes = ({ results }: SyncAnswer) =>
  results.map(({ from, code, reason }) => [from, code, ...(reason ? [reason] : [])]);

/** Puts a person on the roster with an invitation, both under these two seqs; its secret. */
export async function invited(desk: Device, branch: string, seq: number, person = newId()) {
  const secret = newSecretText();
  const names = { hans: '欧阳明月', hant: '歐陽明月' };
  const about = { scope: branch, subject: person };
  const body = { hash: invitationHash(secret), role: 'member', expires: 9e12 };
  const { results } = await desk.sync({
    records: [
      wireRecord({ kind: 'member', seq, ...about, body: { names, card: CARD } }),
      wireRecord({ kind: 'invitation', seq: seq + 1, ...about, body }),
    ],
  });
  if (results.some(({ code }) => code !== 'ok')) throw new Error('not invited');
  return { secret, person };
}

/** An empty phone and what it asks for with this secret. */
export async function emptyPhone(server: Pick<Server, 'url'>, secret: string, person: string) {
  const device = newId();
  const token = newSecretText();
  const sealer = await createSealer({ person, device });
  const send = (ask: boolean, more: object = {}) =>
    post(`${server.url}/api/join/again`, { secret, device, token, ask, key: sealer.key, ...more });
  const answer = async (ask: boolean) => (await (await send(ask)).json()) as AgainAnswer;
  const ask = async () => {
    const told = await answer(true);
    return told.state === 'waiting' ? told.request : '';
  };
  return { device, token, sealer, send, ask, look: () => answer(false) };
}
