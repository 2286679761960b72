import { toBase64Url } from '#lib/base64.ts';

/** P-256: what every WebCrypto of the last ten years has; Ed25519 is too new for these phones. */
const KEY = { name: 'ECDSA', namedCurve: 'P-256' };

/** A new signing key of this device, its private half not extractable; null where none can be made. */
export async function createDeviceKey(
  subtle: SubtleCrypto | undefined,
): Promise<CryptoKeyPair | null> {
  try {
    return (await subtle?.generateKey(KEY, false, ['sign', 'verify'])) ?? null;
  } catch {
    return null; // joining and saving never depend on it
  }
}

/** The public half, raw uncompressed, base64url; null where there is none. */
export async function publicKeyOf(
  subtle: SubtleCrypto | undefined,
  pair: CryptoKeyPair | null,
): Promise<string | null> {
  if (!subtle || !pair) return null;
  return toBase64Url(new Uint8Array(await subtle.exportKey('raw', pair.publicKey)));
}
