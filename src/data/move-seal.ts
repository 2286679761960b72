/**
 * What a 搬 code opens: the keys of the person's self records, and what the new device is.
 *
 * Promises: closed on the phone under a key that only the code gives (HKDF-SHA-256, a label of its own,
 * so that what the server finds the code by says nothing of it); AES-256-GCM with a fresh iv, bound to
 * the person; nothing opens it but that code, and nothing but what that phone closed comes out.
 * text = base64url( format 1 ‖ 12 bytes iv ‖ ciphertext of JSON ).
 */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { OWN_DEVICE_PLACES } from '#domain/bodies/own-device.ts';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import type { Random } from '#lib/random.ts';

const FORMAT = 1;
const IV_BYTES = 12;
const LABEL = 'rixue move seal';

const key32 = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

const moveContentSchema = v.object({
  /** The present one first, base64url. */
  keys: v.pipe(v.array(key32), v.minLength(1)),
  where: v.picklist(OWN_DEVICE_PLACES),
  /** The notice that was agreed to; null where none was. */
  notice: v.nullable(v.number()),
});
export type MoveContent = v.InferOutput<typeof moveContentSchema>;

/** Closes it under the code. */
export async function sealMove(
  { subtle, random }: { subtle: SubtleCrypto; random: Random },
  { code, person }: { code: string; person: string },
  content: MoveContent,
): Promise<string> {
  const iv = random.bytes(IV_BYTES);
  const key = await keyOf(subtle, code);
  const plain = bytesOf(JSON.stringify(content));
  const sealed = await subtle.encrypt(parameters(iv, person), key, plain);
  return toBase64Url(concatBytes(Uint8Array.of(FORMAT), iv, new Uint8Array(sealed)));
}

/** What was closed under this code for this person; null where it was not. */
export async function openMove(
  subtle: SubtleCrypto,
  { code, person }: { code: string; person: string },
  text: string,
): Promise<MoveContent | null> {
  const bytes = fromBase64Url(text);
  if (bytes?.[0] !== FORMAT) return null;
  const iv = bytes.slice(1, 1 + IV_BYTES);
  const key = await keyOf(subtle, code);
  try {
    const plain = await subtle.decrypt(parameters(iv, person), key, bytes.slice(1 + IV_BYTES));
    const told = v.safeParse(moveContentSchema, JSON.parse(new TextDecoder().decode(plain)));
    return told.success ? told.output : null;
  } catch {
    return null; // closed under another code or for somebody else
  }
}

async function keyOf(subtle: SubtleCrypto, code: string): Promise<CryptoKey> {
  const secret = await subtle.importKey('raw', bytesOf(code), 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytesOf(LABEL) };
  const aes = { name: 'AES-GCM', length: 256 };
  return subtle.deriveKey(hkdf, secret, aes, false, ['encrypt', 'decrypt']);
}

function parameters(iv: Uint8Array<ArrayBuffer>, person: string) {
  return { name: 'AES-GCM', iv, additionalData: bytesOf(person) };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(utf8ToBytes(text));
}
