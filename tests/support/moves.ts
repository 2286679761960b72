/** A county in which somebody has a phone, and what bare devices ask of 搬 codes there. */
import { moveLookup } from '#domain/move-code.ts';
import type { TakeAnswer } from '#protocol/move.ts';
import { invited, startDevices, type Device } from './devices.ts';
import { startServer } from './server.ts';
import { joinWire, newId, newSecretText, post, secretOf, wireDevice } from './wire-device.ts';
import { createSealer } from './wire-seal.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const OVER = [410, { error: 'move.over' }];
export const ENDED = [401, { error: 'session.revoked' }];
export const SEALED = 'c2VhbGVk';

export type Somebody = Awaited<ReturnType<typeof joinWire>>;

/** The county over https, its clock in the test's hand, and a secretary who joined by an invitation. */
export async function startMoves() {
  const time = { now: Date.now() };
  const clock = { now: () => time.now, monotonic: () => performance.now() };
  const publicUrl = 'https://county.example';
  const server = await startServer({ sources: { clock }, publicUrl });
  const writes = await startDevices(server);
  const secretary = await joinWire(server.url, secretOf(server.invitations[5] ?? { url: 'none:' }));
  return { time, server, writes, secretary };
}

/** A desk, a member of it with a phone, and a code that nobody has made yet. */
export async function startMove({ server, writes }: Awaited<ReturnType<typeof startMoves>>) {
  const desk: Device = await writes.somebody('secretary');
  const { secret, person } = await invited(desk, writes.branch, 1);
  const phone = await joinWire(server.url, secret);
  const code = { lookup: moveLookup(newId()) };
  const move = (by: { token: string }, body: object) =>
    post(`${server.url}/api/move`, body, { authorization: `Bearer ${by.token}` });
  const make = (more: object = {}, by: { token: string } = phone) =>
    move(by, { act: 'make', lookup: code.lookup, sealed: SEALED, ...more });
  const back = (by: { token: string } = phone) => move(by, { act: 'back' });
  const another = () => (code.lookup = moveLookup(newId()));

  /** An empty device that asks by the code as it is then. */
  async function newcomer() {
    const [device, token] = [newId(), newSecretText()];
    const sealer = await createSealer({ person, device });
    const { lookup } = code;
    const ask = (more: object = {}) =>
      post(`${server.url}/api/move/take`, { lookup, device, token, key: sealer.key, ...more });
    const take = async () => (await (await ask()).json()) as TakeAnswer;
    return { take, ask, ...wireDevice(server.url, { device, token, sealer }) };
  }
  return { desk, secret, person, phone, make, back, another, newcomer };
}

/** Status and body. */
export async function answered(answer: Response): Promise<[number, unknown]> {
  return [answer.status, await answer.json()];
}
