/** What the app's own QR codes say, and how a scanned text is recognised. Alphanumeric mode throughout. */
import { toBase32 } from '#lib/base32.ts';
import type { Random } from '#lib/random.ts';

export const MEMBER_PREFIX = 'RIXUE:M:';
export const HALL_PREFIX = 'RIXUE:H:';

/** 80 bits: 16 characters, and nobody finds one by trying. */
const CARD_BYTES = 10;
const CARD = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** A new random id for a roster entry or a printed card. */
export function newCard(random: Random): string {
  return toBase32(random.bytes(CARD_BYTES));
}

/** A member's own code: identifies, never proves. `card` is the random id of the roster entry. */
export function memberCodeText(card: string): string {
  return MEMBER_PREFIX + card;
}

/** What a camera saw: a member's card, the hall code, something of ours that is newer, or not ours at all. */
export type Scanned =
  | { type: 'member'; card: string }
  | { type: 'hall'; text: string }
  | { type: 'invitation' }
  | { type: 'foreign' };

/** Recognises a scanned text; never throws, whatever it holds. */
export function readScanned(text: string): Scanned {
  const trimmed = text.trim();
  if (trimmed.startsWith(MEMBER_PREFIX)) {
    const card = trimmed.slice(MEMBER_PREFIX.length);
    return CARD.test(card) ? { type: 'member', card } : { type: 'foreign' };
  }
  if (trimmed.startsWith(HALL_PREFIX)) return { type: 'hall', text: trimmed };
  if (/^https?:\/\/[^/]+\/join#/.test(trimmed)) return { type: 'invitation' };
  return { type: 'foreign' };
}
