/**
 * A signing key for a device that has none: its store was lost and came back from the mirror, or
 * WebCrypto came later. Promise: the key is kept before its public half is given, and given with
 * each request until an answer came; without WebCrypto nothing happens.
 */
import type { LedgerSync } from '#data/ledger/ledger-sync.ts';
import { NEW_KEY } from '#data/ledger/sync/take-device.ts';
import type { Person } from '#data/ledger/person.ts';
import { createDeviceKey, publicKeyOf } from './device-key.ts';

export interface Signer {
  person: Person;
  /** The public half that the server does not have yet. */
  key: string | null;
}

/** The person with a key, where one can be made. */
export async function withKey(
  { sync, subtle }: { sync: LedgerSync; subtle: SubtleCrypto | undefined },
  person: Person,
): Promise<Signer> {
  if (!subtle) return { person, key: null };
  const made = person.signing ? null : await createDeviceKey(subtle);
  // A browser that cannot store a key goes on without seals.
  const kept = made ? await sync.keepSigning(person, made).catch(() => person) : person;
  const signer = { ...person, signing: kept.signing };
  const isNew = (await sync.keptFor<string>(person.person, NEW_KEY)) === signer.device;
  return { person: signer, key: isNew ? await publicKeyOf(subtle, signer.signing) : null };
}

/** The server has the key. */
export async function keyGiven(sync: LedgerSync, { person, key }: Signer): Promise<void> {
  if (key) await sync.keepFor(person.person, NEW_KEY, null);
}
