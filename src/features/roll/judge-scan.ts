import { findByPrinted, type Cards } from '#domain/cards.ts';
import { readScanned } from '#domain/qr-codes.ts';
import type { RollEntry } from '#domain/roll.ts';
import { findByCard, type RosterMember } from '#domain/roster.ts';

/** A camera sees the same code many times a second: until it was away this long it is one scan. */
export const SAME_CODE_MS = 3_000;

/**
 * What one scan means. count: mark this person. again: already marked 到. unknown: a member's code
 * that is not on this roster. void: a printed card that another one has replaced. ours: a code of the app's, but not a member's. foreign: none of ours.
 */
export type ScanOutcome =
  | { type: 'count' | 'again'; member: RosterMember }
  | { type: 'unknown' | 'void' | 'ours' | 'foreign' };

/** Judges a scanned text over the roster and the roll of the moment; refuses nobody, only says what it saw. */
export function judgeScan(
  text: string,
  roster: readonly RosterMember[],
  { roll, cards }: { roll: ReadonlyMap<string, Pick<RollEntry, 'state'>>; cards: Cards },
): ScanOutcome {
  const scanned = readScanned(text);
  if (scanned.type === 'foreign') return { type: 'foreign' };
  if (scanned.type !== 'member') return { type: 'ours' };
  const member = findByCard(roster, scanned.card) ?? findByPrinted(cards, roster, scanned.card);
  if (!member) return { type: 'unknown' };
  if (member === 'void') return { type: 'void' };
  return { type: roll.get(member.person)?.state === 'present' ? 'again' : 'count', member };
}

/** Tells a new scan from the same code still held before the camera. */
export function createScanGate(clock: { monotonic(): number }): (text: string) => boolean {
  let last = '';
  let seen = 0;
  return (text) => {
    const now = clock.monotonic();
    const isNew = text !== last || now - seen > SAME_CODE_MS;
    last = text;
    seen = now;
    return isNew;
  };
}
