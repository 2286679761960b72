import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64Url } from '#lib/base64.ts';
import type { UnsentBatch } from '#data/ledger/ledger-sync.ts';
import type { Person } from '#data/ledger/person.ts';
import type { Seal } from '#protocol/sync.ts';

/**
 * The seal of a batch: the device vouches for its chain up to the last record in it. Best effort:
 * saving and sending never depend on a key, so a failure gives no seal.
 */
export async function sealBatch(
  subtle: SubtleCrypto | undefined,
  { device, signing }: Person,
  { records, upTo, head, refused }: UnsentBatch,
): Promise<Seal[]> {
  if (!subtle || !signing || records.length === 0 || head === null) return [];
  const text = new Uint8Array(utf8ToBytes(`${device} ${upTo} ${head}`));
  try {
    const parameters = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await subtle.sign(parameters, signing.privateKey, text);
    const seal = { upTo, head, signature: toBase64Url(new Uint8Array(signature)) };
    return [refused.length > 0 ? { ...seal, refused } : seal];
  } catch {
    return []; // an unsealed batch is accepted as to-confirm
  }
}
