/**
 * The encrypted form of self records: what the server stores shows id, scope, device and seq only.
 *
 * text = base64url( format 1 ‖ 12 bytes iv ‖ AES-256-GCM(plaintext) ), AAD = `id|scope|device`;
 * plaintext = 2 bytes length ‖ canonical JSON {kind, v, day, at, offset, offsetAge, body} ‖ zeros up
 * to a multiple of 256, so that no length tells one day's study from another's. Records of more
 * than six steps do not fit the wire (2 KB) and are not made.
 */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { Random } from '#lib/random.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Inner } from './record-row.ts';

const FORMAT = 1;
const IV_BYTES = 12;
const LENGTH_BYTES = 2;
const STEP_BYTES = 256;
const MAX_STEPS = 6;

/** What the ciphertext is bound to: it opens nowhere else. */
export interface SelfAddress {
  id: string;
  scope: string;
  device: string;
}

export interface SelfCipher {
  seal(
    key: Uint8Array<ArrayBuffer>,
    address: SelfAddress,
    inner: Inner,
  ): Promise<Result<string, 'write.no-crypto' | 'write.too-large'>>;
  /** Null where the key, the address or the format is another. */
  open(key: Uint8Array<ArrayBuffer>, address: SelfAddress, text: string): Promise<Inner | null>;
}

/** Without WebCrypto (plain http from another machine) nothing is sealed and nothing opens. */
export function createSelfCipher(deps: {
  subtle: SubtleCrypto | undefined;
  random: Random;
}): SelfCipher {
  const { subtle, random } = deps;
  const keyFor = subtle && rememberKey(subtle);
  return {
    async seal(key, address, inner) {
      if (!subtle || !keyFor) return fail('write.no-crypto');
      const plain = padded(utf8ToBytes(canonicalJson(inner)));
      if (!plain) return fail('write.too-large');
      const iv = random.bytes(IV_BYTES);
      const parameters = { name: 'AES-GCM', iv, additionalData: aad(address) };
      const sealed = await subtle.encrypt(parameters, await keyFor(key), plain);
      return ok(toBase64Url(concatBytes(Uint8Array.of(FORMAT), iv, new Uint8Array(sealed))));
    },
    async open(key, address, text) {
      const bytes = fromBase64Url(text);
      if (!subtle || !keyFor || !bytes || bytes[0] !== FORMAT) return null;
      const iv = bytes.slice(1, 1 + IV_BYTES);
      const parameters = { name: 'AES-GCM', iv, additionalData: aad(address) };
      const sealed = bytes.slice(1 + IV_BYTES);
      try {
        const plain = await subtle.decrypt(parameters, await keyFor(key), sealed);
        return unpadded(new Uint8Array(plain));
      } catch {
        return null; // another key (keyring.ts) or not bound to this address
      }
    },
  };
}

function padded(json: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const steps = Math.ceil((LENGTH_BYTES + json.length) / STEP_BYTES);
  if (steps > MAX_STEPS) return null;
  const out = new Uint8Array(steps * STEP_BYTES);
  out[0] = json.length >> 8;
  out[1] = json.length & 0xff;
  out.set(json, LENGTH_BYTES);
  return out;
}

function unpadded(plain: Uint8Array): Inner {
  const length = ((plain[0] ?? 0) << 8) | (plain[1] ?? 0);
  return JSON.parse(
    new TextDecoder().decode(plain.slice(LENGTH_BYTES, LENGTH_BYTES + length)),
  ) as Inner;
}

function aad({ id, scope, device }: SelfAddress): Uint8Array<ArrayBuffer> {
  return new Uint8Array(utf8ToBytes(`${id}|${scope}|${device}`));
}

/** Keys that stay imported: a person's, old ones too, and a family's. */
const REMEMBERED_MAX = 20;

/** Imports a key once for all rows of a page; a failed import is not remembered. */
function rememberKey(subtle: SubtleCrypto) {
  let held: { raw: Uint8Array; key: Promise<CryptoKey> }[] = [];
  return (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => {
    const known = held.find((each) => isSame(each.raw, raw));
    if (known) return known.key;
    const key = subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
    held = [{ raw: raw.slice(), key }, ...held].slice(0, REMEMBERED_MAX);
    key.catch(() => (held = held.filter((each) => each.key !== key)));
    return key;
  };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
