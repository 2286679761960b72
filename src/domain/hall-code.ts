/**
 * The code on the secretary's screen. secret = HKDF(branch presence key, activity, displaying
 * device); a 15 s slot has 80 bits of HMAC(secret, slot) for the QR, a 5-minute slot six digits.
 * Slots are counted by the displaying phone, so no member's clock matters (ARCHITECTURE.md, Presence).
 * What the QR says is in hall-text.ts.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase32 } from '#lib/base32.ts';

export const CODE_SLOT_MS = 15_000;
/** Long, because nobody of 68 types faster; the judge takes the slot before it too. */
export const DIGITS_SLOT_MS = 300_000;

const SECRET_BYTES = 32;
const PROOF_BYTES = 10;

/** The activity's secret on one displaying device, 32 bytes. Never stored, never sent. */
export function hallSecret(presenceKey: Uint8Array, activity: string, device: string): Uint8Array {
  const info = utf8ToBytes(`rixue hall ${device}`);
  return hkdf(sha256, presenceKey, hexToBytes(activity.replace(/-/g, '')), info, SECRET_BYTES);
}

export function codeSlot(time: number): number {
  return Math.floor(time / CODE_SLOT_MS);
}

export function digitsSlot(time: number): number {
  return Math.floor(time / DIGITS_SLOT_MS);
}

/** Six digits of a 5-minute slot, leading zeros kept. */
export function hallDigits(secret: Uint8Array, slot: number): string {
  const mac = hmac(sha256, secret, utf8ToBytes(`digits ${slot}`));
  const number = new DataView(mac.buffer, mac.byteOffset).getUint32(0);
  return String(number % 1_000_000).padStart(6, '0');
}

/** 80 bits that only a desk device could have made, Crockford base32. */
export function hallProof(secret: Uint8Array, slot: number): string {
  return toBase32(hmac(sha256, secret, utf8ToBytes(`code ${slot}`)).slice(0, PROOF_BYTES));
}
