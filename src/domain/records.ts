/**
 * A record: what somebody did, for ever. Nothing of it is updated; a correction is a new record.
 *
 * hash = SHA-256(header text ‖ SHA-256(salt ‖ body text)). The body's own hash stands between, so
 * that an erasure can drop salt and body everywhere and the device's chain still verifies.
 * The header text is a JSON array in the order below; the body text is canonical JSON, for self
 * records the ciphertext in base64url. `at` is shown and audited, never used for order.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url } from '#lib/base64.ts';
import { SELF_KIND } from './kinds.ts';

/** Salt of 8 random bytes: enough that a short body can't be guessed from a hash that outlived it. */
export const SALT_BYTES = 8;

/** The longest body text in UTF-8 bytes; with its header a record stays within 2 KB. */
export const BODY_MAX_BYTES = 1_700;

export interface RecordHeader {
  /** UUIDv7 */
  id: string;
  kind: string;
  /** Version of the kind's body. */
  v: number;
  /** A branch, a township or the county by id, or `person:<id>`. */
  scope: string;
  /** Whom or what it is about; null when about the scope itself. */
  subject: string | null;
  author: string;
  device: string;
  /** 1, 2, 3 … per device and person without a gap, so that a loss shows. */
  seq: number;
  /** Civil day, Asia/Shanghai, from the corrected clock. */
  day: string;
  /** The phone's own clock, ms. */
  at: number;
  /** Server time minus phone time as last known, ms; null when never known. */
  offset: number | null;
  /** How old that knowledge was, ms. */
  offsetAge: number | null;
}

/** What stays readable of a self record outside its owner's phones. */
export type SelfHeader = Pick<RecordHeader, 'id' | 'scope' | 'device' | 'seq'>;

/** Hash of an ordinary record, 32 bytes. `salt` is base64url, `body` canonical JSON. */
export function recordHash(header: RecordHeader, salt: string, body: string): Uint8Array {
  return hashAround(headerOf(header), innerHash(salt, body));
}

/** The same hash from what is left of an erased record: `inner` is the `innerHash` that it had. */
export function erasedRecordHash(header: RecordHeader, inner: Uint8Array): Uint8Array {
  return hashAround(headerOf(header), inner);
}

/** Hash of salt and body, 32 bytes: all that stays of them when they are erased. */
export function innerHash(salt: string, body: string): Uint8Array {
  const saltBytes = fromBase64Url(salt) ?? new Uint8Array(0);
  return sha256(concatBytes(saltBytes, utf8ToBytes(body)));
}

/** Hash of a self record, 32 bytes, over its ciphertext `body` (base64url). */
export function selfRecordHash(header: SelfHeader, salt: string, body: string): Uint8Array {
  const self = [1, header.id, SELF_KIND, header.scope, header.device, header.seq];
  return hashAround(self, innerHash(salt, body));
}

/** The next head of a device's chain: prev is computed by each side, never sent. */
export function chainHead(previous: Uint8Array | null, hash: Uint8Array): Uint8Array {
  return sha256(concatBytes(previous ?? new Uint8Array(0), hash));
}

function headerOf(h: RecordHeader): readonly (string | number | null)[] {
  return [
    ...[1, h.id, h.kind, h.v, h.scope, h.subject, h.author, h.device, h.seq],
    ...[h.day, h.at, h.offset, h.offsetAge],
  ];
}

function hashAround(header: readonly (string | number | null)[], inner: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8ToBytes(JSON.stringify(header)), inner));
}
