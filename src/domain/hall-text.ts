/**
 * What the QR on the secretary's screen says, both ways (hall-code.ts makes its proof). Apart from the
 * key's arithmetic, because members' phones read it and never make one.
 */
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { fromBase32, toBase32 } from '#lib/base32.ts';
import { uuidFromBytes } from '#lib/ids.ts';
import { ACTIVITY_TYPES, type ActivityType } from './bodies/attendance.ts';
import { HALL_PREFIX } from './qr-codes.ts';

/** What a hall code says. */
interface HallCode {
  activity: string;
  /** The displaying device; the secret is its own. */
  device: string;
  type: ActivityType;
  /** Planned begin, ms, whole minutes. */
  starts: number;
  /** Which 15 s of the displaying phone. */
  slot: number;
  /** 80 bits, Crockford base32. */
  proof: string;
}

const MINUTE_MS = 60_000;
/** Bytes: two ids, the type's number, begin in minutes and slot as 32 bits each, the proof. */
const LENGTH = 16 + 16 + 1 + 4 + 4 + 10;
const [DEVICE_AT, TYPE_AT, STARTS_AT, SLOT_AT, PROOF_AT] = [16, 32, 33, 37, 41] as const;

/**
 * The QR's text: prefix and one run of base32, 90 characters in alphanumeric mode. That is what a QR of
 * version 4 holds at level M, whose modules are still four pixels at 40 cm.
 */
export function hallCodeText({ activity, device, type, starts, slot, proof }: HallCode): string {
  const numbers = new DataView(new ArrayBuffer(STARTS_AT - TYPE_AT + 8));
  numbers.setUint8(0, ACTIVITY_TYPES.indexOf(type));
  numbers.setUint32(STARTS_AT - TYPE_AT, Math.floor(starts / MINUTE_MS));
  numbers.setUint32(SLOT_AT - TYPE_AT, slot);
  const said = [bytesOf(activity), bytesOf(device), new Uint8Array(numbers.buffer)];
  return HALL_PREFIX + toBase32(concatBytes(...said, fromBase32(proof) ?? new Uint8Array(0)));
}

/** What a scanned text says, or null where it is no hall code, or a mangled one. A type that only a later version knows is told as 别的. */
export function readHallCode(text: string): HallCode | null {
  const packed = text.startsWith(HALL_PREFIX) ? text.slice(HALL_PREFIX.length) : '';
  const bytes = fromBase32(packed);
  // Written in one way only: no other letters for the same digits, nothing in the last bits.
  if (bytes?.length !== LENGTH || toBase32(bytes) !== packed) return null;
  const view = new DataView(bytes.buffer);
  return {
    activity: uuidFromBytes(bytes.slice(0, DEVICE_AT)),
    device: uuidFromBytes(bytes.slice(DEVICE_AT, TYPE_AT)),
    type: ACTIVITY_TYPES[view.getUint8(TYPE_AT)] ?? 'other',
    starts: view.getUint32(STARTS_AT) * MINUTE_MS,
    slot: view.getUint32(SLOT_AT),
    proof: toBase32(bytes.slice(PROOF_AT)),
  };
}

const bytesOf = (uuid: string) => hexToBytes(uuid.replace(/-/g, ''));
