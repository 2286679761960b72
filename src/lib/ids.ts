import { bytesToHex } from '@noble/hashes/utils.js';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** Makes ids; handed in wherever one is needed. */
export interface Ids {
  /** A new UUIDv7 in lower case with dashes. */
  next(): string;
}

const UUID_BYTES = 16;

/**
 * Ids as in RFC 9562: 48 bits of the phone's wall time, then 74 random bits.
 * The time part only keeps indexes local; order is never taken from it.
 */
export function createIds(deps: { clock: Clock; random: Random }): Ids {
  return { next: () => uuidV7(deps.clock.now(), deps.random.bytes(UUID_BYTES)) };
}

function uuidV7(now: number, bytes: Uint8Array): string {
  const time = Math.max(0, Math.floor(now));
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(time / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return uuidFromBytes(bytes);
}

/** 16 bytes as a dashed lower-case UUID. */
export function uuidFromBytes(bytes: Uint8Array): string {
  const hex = bytesToHex(bytes);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
