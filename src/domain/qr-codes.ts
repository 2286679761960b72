/** What the app's own QR codes say, and how a scanned text is recognised. Alphanumeric mode throughout. */
export const MEMBER_PREFIX = 'RIXUE:M:';
export const HALL_PREFIX = 'RIXUE:H:';

const CARD = /^[0-9A-HJKMNP-TV-Z]{16}$/;

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
