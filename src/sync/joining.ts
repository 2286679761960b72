/**
 * Joining over the network. Promises: device id and token are made and kept before the request is
 * sent, by invitation, so that a lost answer can be asked for again and nothing is spent twice;
 * the person is on the phone before the answer is told; the yes to the notice becomes a record.
 */
import * as v from 'valibot';
import { isOfBranch } from '#domain/roles.ts';
import { toBase64Url } from '#lib/base64.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { CONSENT_KIND, foldConsents, NOTICE_VERSION } from '#domain/consent.ts';
import type { Joining, JoiningError } from '#data/joining.port.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Person } from '#data/ledger/person.ts';
import {
  joinAnswerSchema,
  lookAnswerSchema,
  type JoinAnswer,
  type JoinRequest,
} from '#protocol/join.ts';
import { createDeviceKey, publicKeyOf } from './device-key.ts';
import { pack } from './pack.ts';
import type { Transport } from './transport.port.ts';

export interface JoiningDeps {
  ledger: Ledger;
  transport: Transport;
  ids: Ids;
  random: Random;
  /** For the device's signing key; without it seals are left out. */
  subtle?: SubtleCrypto;
}

/** What this phone is to be under one invitation. */
export interface Identity {
  device: string;
  token: string;
  signing: CryptoKeyPair | null;
}

const TOKEN_BYTES = 32;

/** The owner of what is kept before anybody joined. */
const PHONE = '';

/** The port's implementation. */
export function createJoining(deps: JoiningDeps): Joining {
  return {
    look: (secret) => ask(deps, '/api/join/look', { secret }, lookAnswerSchema),
    join: (secret) => join(deps, secret),
  };
}

async function join(deps: JoiningDeps, secret: string): Promise<Result<Person, JoiningError>> {
  const identity = await identityFor(deps, `joining:${secret}`).catch(() => null);
  // A phone that cannot keep its token would spend the invitation for nothing.
  if (!identity) return fail('storage.failed');
  const request = await requestOf(deps, secret, identity);
  const answer = await ask(deps, '/api/join', request, joinAnswerSchema);
  if (!answer.ok) return answer;
  try {
    const person = await deps.ledger.admit({ ...identity, ...told(answer.value) });
    await writeConsent(deps.ledger, person);
    return ok(person);
  } catch {
    return fail('storage.failed'); // joined there, not kept here: asking again gives the same answer
  }
}

async function requestOf(
  { subtle }: JoiningDeps,
  secret: string,
  { device, token, signing }: Identity,
): Promise<JoinRequest> {
  const key = await publicKeyOf(subtle, signing);
  return { secret, device, token, notice: NOTICE_VERSION, ...(key ? { key } : {}) };
}

/** What was made under this name before, or anew; null where this phone does not keep it. */
export async function identityFor(deps: JoiningDeps, name: string): Promise<Identity | null> {
  const { sync } = deps.ledger;
  const before = await sync.keptFor<Identity>(PHONE, name);
  if (before) return before;
  const identity = await newIdentity(deps);
  await sync.keepFor(PHONE, name, identity);
  const kept = await sync.keptFor<Identity>(PHONE, name);
  return kept?.token === identity.token ? identity : null;
}

/** A device id, a token and a signing key that nobody had before. */
export async function newIdentity({ ids, random, subtle }: JoiningDeps): Promise<Identity> {
  return {
    device: ids.next(),
    token: toBase64Url(random.bytes(TOKEN_BYTES)),
    signing: await createDeviceKey(subtle),
  };
}

/** What the ledger takes of an answer. */
export function told({ person, names, place, grants, county, epoch }: JoinAnswer) {
  return { person, names, place, grants, county, epoch };
}

/** Once for each branch that the person joined, and for each notice; reviewers and administrators have none. */
export async function writeConsent(ledger: Ledger, { person, grants }: Person): Promise<void> {
  const branch = grants.find(({ role }) => isOfBranch(role));
  if (!branch) return;
  const rows = await ledger.records({ kind: CONSENT_KIND, scope: branch.scope, subject: person });
  const before = foldConsents(rows, person).get(branch.scope);
  if (before && before.notice >= NOTICE_VERSION) return;
  const body = { notice: NOTICE_VERSION };
  await ledger.write({ kind: CONSENT_KIND, scope: branch.scope, subject: person, body });
}

/** Posts a request; an answer of any other form is a portal's. */
export async function ask<S extends v.GenericSchema>(
  { transport }: JoiningDeps,
  path: string,
  request: unknown,
  schema: S,
  token?: string,
): Promise<Result<v.InferOutput<S>, JoiningError>> {
  // The answer may lay the token down as a cookie (recall.ts).
  const reply = await transport.post(path, await pack(request), token, 'with cookies');
  if (!reply.ok) return fail(reply.error.code);
  const answer = v.safeParse(schema, reply.value.json);
  return answer.success ? ok(answer.output) : fail('network.portal');
}
