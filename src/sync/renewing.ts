/**
 * A device whose chain forked goes on under a new id (protocol/renew.ts). Promises: everything that
 * waits under the old id is handed in first; id, token and key are made and kept before they are
 * sent, so that a lost answer is asked for again with the same; nothing is renumbered.
 */
import * as v from 'valibot';
import { toBase64Url } from '#lib/base64.ts';
import { createIds } from '#lib/ids.ts';
import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import type { LedgerSync } from '#data/ledger/ledger-sync.ts';
import type { Person } from '#data/ledger/person.ts';
import { renewAnswerSchema, type RenewRequest } from '#protocol/renew.ts';
import type { SyncAnswer } from '#protocol/sync.ts';
import { createDeviceKey, publicKeyOf } from './device-key.ts';
import { pack } from './pack.ts';
import type { Transport } from './transport.port.ts';

export interface RenewingDeps {
  sync: LedgerSync;
  transport: Transport;
  subtle: SubtleCrypto | undefined;
  clock: Clock;
  random: Random;
}

/** What is known of a chain that no longer fits; kept for each person under `CHAIN`. */
interface ChainTrouble {
  device: string;
  /** The server keeps another record under a seq of ours. */
  forked: boolean;
  /** Seals in a row that did not take. */
  failed: number;
}

const CHAIN = 'chain.trouble';
const NEXT = 'chain.next';

/** A server that went back catches up within an answer or two; later ones are another chain. */
const FAILED_MAX = 3;

const TOKEN_BYTES = 32;

/** What this phone is to be from now on. */
type Identity = Pick<Person, 'device' | 'token' | 'signing'>;

/** Notes what an answer says about the chain of the device that asked; true where it is to renew. */
export async function noteChain(
  sync: LedgerSync,
  { person, device, epoch }: Person,
  answer: Pick<SyncAnswer, 'results' | 'sealed' | 'epoch' | 'pages'>,
): Promise<boolean> {
  const own = answer.results.filter((run) => run.device === undefined);
  // A server that went back lacks for now what the seal speaks of.
  const wentBack = answer.epoch !== epoch || answer.pages.some((page) => page.reset);
  if (own.length === 0 || wentBack) return false;
  const kept = await sync.keptFor<ChainTrouble>(person, CHAIN);
  const before = kept?.device === device ? kept : { device, forked: false, failed: 0 };
  const forked = before.forked || own.some(({ reason }) => reason === 'fork');
  const failed = answer.sealed === undefined ? 0 : before.failed + 1;
  if (forked !== before.forked || failed !== before.failed)
    await sync.keepFor(person, CHAIN, { device, forked, failed } satisfies ChainTrouble);
  return forked || failed >= FAILED_MAX;
}

/** Whether this device is to go on under another id. */
export async function isToRenew(sync: LedgerSync, { person, device }: Person): Promise<boolean> {
  const trouble = await sync.keptFor<ChainTrouble>(person, CHAIN);
  return trouble?.device === device && (trouble.forked || trouble.failed >= FAILED_MAX);
}

/** Asks for the new id and takes it; true when it is taken. What fails is tried with the next sync. */
export async function renewDevice(deps: RenewingDeps, person: Person): Promise<boolean> {
  const { sync, transport, subtle } = deps;
  const next = await identityFor(deps, person);
  const key = await publicKeyOf(subtle, next.signing);
  const { device, token } = next;
  const request: RenewRequest = { device, token, ...(key ? { key } : {}) };
  const reply = await transport.post('/api/renew', await pack(request), person.token);
  if (!reply.ok || !v.is(renewAnswerSchema, reply.value.json)) return false;
  return sync.takeDevice(person, next);
}

/** What was made for this device before, or anew. */
async function identityFor(
  { sync, subtle, clock, random }: RenewingDeps,
  { person, device }: Person,
): Promise<Identity> {
  const before = await sync.keptFor<{ old: string; next: Identity }>(person, NEXT);
  if (before?.old === device) return before.next;
  const next: Identity = {
    device: createIds({ clock, random }).next(),
    token: toBase64Url(random.bytes(TOKEN_BYTES)),
    signing: await createDeviceKey(subtle),
  };
  await sync.keepFor(person, NEXT, { old: device, next });
  return next;
}
