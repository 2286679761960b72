/**
 * Letting another own device in, and being let in (protocol/move.ts). Promises: the code never leaves
 * the device but by its person's hand; what the new device is to have is closed before it is sent;
 * device, token and key are made and kept before the code is spent, so that a lost answer is asked for
 * again; whoever is let in has the person's keys before anything is written, and nobody is let in on the
 * word of a server that does not have what the code opens; somebody who is here already goes on as the
 * new device only once nothing waits under the old one.
 */
import {
  KEPT_MOVE,
  type MadeMove,
  type MoveError,
  type MoveWay,
  type Moving,
  type Taken,
} from '#data/moving.port.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { keysOf } from '#data/ledger/keyring.ts';
import type { Person } from '#data/ledger/person.ts';
import { openMove, sealMove, type MoveContent } from '#data/move-seal.ts';
import { regain } from '#data/recovery-card.ts';
import { OWN_DEVICE_KIND, type OwnDeviceBody } from '#domain/bodies/own-device.ts';
import { CONSENT_KIND, foldConsents } from '#domain/consent.ts';
import { moveLookup, newMoveCode, OFFICE_HOURS } from '#domain/move-code.ts';
import { isInBranch } from '#domain/roles.ts';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import type { Clock } from '#lib/clock.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import {
  moveAnswerSchema,
  takeAnswerSchema,
  type MoveRequest,
  type TakeAnswer,
  type TakeRequest,
} from '#protocol/move.ts';
import { publicKeyOf } from './device-key.ts';
import { ask, identityFor, told, type Identity, type JoiningDeps } from './joining.ts';

export interface MovingDeps extends JoiningDeps {
  clock: Clock;
  /** Told when a code was tried: what waits under the old device goes, what is here now is fetched. */
  onAsked?: () => void;
}

/** The owner of what is kept before anybody joined. */
const PHONE = '';

/** The port's implementation. */
export function createMoving(deps: MovingDeps): Moving {
  return {
    make: (way) => make(deps, way),
    takeBack: () => takeBack(deps),
    take: (code) => take(deps, code).finally(() => deps.onAsked?.()),
  };
}

async function make(deps: MovingDeps, way: MoveWay): Promise<Result<MadeMove, MoveError>> {
  const { ledger, subtle, random, clock } = deps;
  const person = await ledger.current();
  if (!person) return fail('write.no-person');
  if (!subtle) return fail('write.no-crypto');
  const code = newMoveCode(random);
  const content = { ...(await whatIsTold(ledger, person)), where: placeOf(way) };
  const sealed = await sealMove({ subtle, random }, { code, person: person.person }, content);
  const hours = way === 'office-day' ? ({ hours: OFFICE_HOURS } as const) : {};
  const request: MoveRequest = { act: 'make', lookup: moveLookup(code), sealed, ...hours };
  const answer = await ask(deps, '/api/move', request, moveAnswerSchema, person.token);
  if (!answer.ok) return answer;
  const { until, now } = answer.value;
  const made = { code, way, until: clock.now() + ((until ?? now) - now) };
  await ledger.sync.keepFor(person.person, KEPT_MOVE, made);
  return ok(made);
}

function placeOf(way: MoveWay): OwnDeviceBody['where'] {
  return way === 'phone' ? 'phone' : 'office';
}

/** The keys, and the notice that the person has agreed to: nobody agrees to a newer one by moving. */
async function whatIsTold(ledger: Ledger, person: Person): Promise<Omit<MoveContent, 'where'>> {
  const scope = branchOf(person);
  const rows = scope ? await ledger.records({ kind: CONSENT_KIND, scope }) : [];
  const agreed = foldConsents(rows, person.person).get(scope ?? '');
  return { keys: keysOf(person).map(toBase64Url), notice: agreed?.notice ?? null };
}

async function takeBack(deps: MovingDeps): Promise<Result<null, MoveError>> {
  const { ledger } = deps;
  const person = await ledger.current();
  if (!person) return fail('write.no-person');
  const request: MoveRequest = { act: 'back' };
  const answer = await ask(deps, '/api/move', request, moveAnswerSchema, person.token);
  if (!answer.ok) return answer;
  await ledger.sync.keepFor(person.person, KEPT_MOVE, null);
  return ok(null);
}

async function take(deps: MovingDeps, code: string): Promise<Result<Taken, MoveError>> {
  const { subtle } = deps;
  if (!subtle) return fail('write.no-crypto');
  if (await isMadeHere(deps, code)) return fail('move.own');
  const lookup = moveLookup(code);
  const name = `move:${lookup}`;
  const identity = await identityFor(deps, name).catch(() => null);
  // A device that cannot keep its token would spend the code for nothing.
  if (!identity) return fail('storage.failed');
  const { device, token, signing } = identity;
  const key = await publicKeyOf(subtle, signing);
  const request: TakeRequest = { lookup, device, token, ...(key ? { key } : {}) };
  const answer = await ask(deps, '/api/move/take', request, takeAnswerSchema);
  if (!answer.ok) return answer;
  const { person, sealed } = answer.value;
  const content = await openMove(subtle, { code, person }, sealed);
  if (!content) return fail('move.over');
  try {
    const entered = await enter(deps, identity, { joined: answer.value, content });
    if (entered.ok) await deps.ledger.sync.keepFor(PHONE, name, null);
    return entered;
  } catch {
    return fail('storage.failed'); // let in there, not kept here: asking again gives the same answer
  }
}

async function isMadeHere({ ledger }: MovingDeps, code: string): Promise<boolean> {
  for (const { person } of await ledger.people())
    if ((await ledger.sync.keptFor<MadeMove>(person, KEPT_MOVE))?.code === code) return true;
  return false;
}

async function enter(
  deps: MovingDeps,
  identity: Identity,
  { joined, content }: { joined: TakeAnswer; content: MoveContent },
): Promise<Result<Taken, MoveError>> {
  const { ledger, random, subtle } = deps;
  const here = (await ledger.people()).find(({ person }) => person === joined.person);
  const changes = here !== undefined && here.device !== identity.device;
  if (changes && (await ledger.sync.countUnsent(here.person)) > 0) return fail('move.unsent');
  const keys = content.keys.flatMap((each) => fromBase64Url(each) ?? []);
  const person = await ledger.admit({ ...identity, ...told(joined) }, 0, keys);
  const [present, ...older] = keys;
  const crypto = subtle ? { subtle } : {};
  // What this device wrote under a key of its own stays readable on all of them.
  if (here && present) await regain({ ledger, crypto, random }, present, older);
  const { ends } = joined;
  const device = { where: content.where, ...(ends === null ? {} : { until: ends }) };
  await introduce(ledger, person, { device, notice: content.notice });
  return ok({ person, device });
}

/** Once a device: what it is, to its own person, and the yes by which the branch knows of it. */
async function introduce(
  ledger: Ledger,
  person: Person,
  { device, notice }: { device: OwnDeviceBody; notice: number | null },
): Promise<void> {
  const isSaid = async (kind: string) =>
    (await ledger.records({ kind })).some((row) => row.device === person.device);
  if (!(await isSaid(OWN_DEVICE_KIND))) await ledger.write({ kind: OWN_DEVICE_KIND, body: device });
  const scope = branchOf(person);
  if (notice === null || !scope || (await isSaid(CONSENT_KIND))) return;
  await ledger.write({ kind: CONSENT_KIND, scope, subject: person.person, body: { notice } });
}

function branchOf({ grants }: Person): string | undefined {
  return grants.find(({ role }) => isInBranch(role))?.scope;
}
