/** Signatures of devices, checked with Node's WebCrypto. */
import { webcrypto } from 'node:crypto';
import { fromBase64Url } from '#lib/base64.ts';
import type { Seal } from '#protocol/sync.ts';

/** A seal that says whose it is: the sender's own may leave it out on the wire. */
export type WholeSeal = Seal & Required<Pick<Seal, 'device'>>;

const KEY = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };

/** The public key of a device from its text (raw, base64url); null where it is none. */
export async function deviceKey(text: string | null): Promise<webcrypto.CryptoKey | null> {
  const raw = text === null ? null : fromBase64Url(text);
  if (!raw) return null;
  return webcrypto.subtle.importKey('raw', raw, KEY, false, ['verify']).catch(() => null);
}

/** Whether the holder of `key` signed the seal; never throws. */
export async function isSigned(key: webcrypto.CryptoKey, seal: WholeSeal): Promise<boolean> {
  const { device, upTo, head } = seal;
  return isSignedText(key, seal.signature, new TextEncoder().encode(`${device} ${upTo} ${head}`));
}

/** Whether the holder of `key` signed the text; never throws. */
export async function isSignedText(
  key: webcrypto.CryptoKey,
  signature: string,
  text: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const bytes = fromBase64Url(signature);
  if (!bytes) return false;
  return webcrypto.subtle.verify(SIGNATURE, key, bytes, text).catch(() => false);
}
