/**
 * Printed cards, folded from `card` records: of each person the last one in the common order is good,
 * every one before it is void, also where the last was erased. One that waits for a person (waits.ts)
 * is neither. The code on the member's own screen (`member`, roster.ts) is another one and stays as it is.
 */
import type { CardBody } from './bodies/proof.ts';
import { inOrder, type Foldable } from './fold.ts';
import type { RosterMember } from './roster.ts';
import { waits } from './waits.ts';

export const CARD_KIND = 'card';

export interface Cards {
  /** Whose a good card is. */
  good: ReadonlyMap<string, string>;
  /** Those that another one has replaced. */
  void: ReadonlySet<string>;
}

/** The cards of one branch. */
export function foldCards(records: readonly Foldable<unknown>[]): Cards {
  const last = new Map<string, string>();
  const replaced = new Set<string>();
  const seen = new Set<string>();
  for (const record of inOrder(records)) {
    const { kind, subject, body, declined } = record;
    if (kind !== CARD_KIND || !subject || declined || waits(record)) continue;
    // The same record twice says nothing more.
    if (seen.has(record.id)) continue;
    seen.add(record.id);
    const before = last.get(subject);
    if (before !== undefined) replaced.add(before);
    last.delete(subject);
    // An erased one says no more which it was; the card before it stays void.
    if (body !== null) last.set(subject, (body as CardBody).card);
  }
  return { good: new Map([...last].map(([person, card]) => [card, person])), void: replaced };
}

/** Who is on the roster with this printed card; `void` where it was replaced, null where nobody has it. */
export function findByPrinted(
  cards: Cards,
  roster: readonly RosterMember[],
  card: string,
): RosterMember | 'void' | null {
  if (cards.void.has(card)) return 'void';
  const person = cards.good.get(card);
  return roster.find((member) => member.person === person) ?? null;
}

/** How many of these people have a good card, which printing anew makes void. */
export function countPrinted(cards: Cards, people: readonly Pick<RosterMember, 'person'>[]) {
  const printed = new Set(cards.good.values());
  return people.filter(({ person }) => printed.has(person)).length;
}
