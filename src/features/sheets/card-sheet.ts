import type { CardBody } from '#domain/bodies/proof.ts';
import { CARD_KIND } from '#domain/cards.ts';
import { newCard } from '#domain/qr-codes.ts';
import type { RosterMember } from '#domain/roster.ts';
import type { Random } from '#lib/random.ts';

/** One card of the sheet. */
export interface PrintedCard {
  member: RosterMember;
  card: string;
}

/** For whom cards are made: everybody, a group as it was typed ('' where there is none), or those who were chosen. */
export interface Whom {
  of: 'all' | 'group' | 'some';
  group: string;
  some: ReadonlySet<string>;
}

/** These people, in roster order. */
export function peopleFor<T extends Pick<RosterMember, 'person' | 'group'>>(
  roster: readonly T[],
  { of, group, some }: Whom,
): T[] {
  if (of === 'group') return roster.filter((member) => (member.group ?? '') === group);
  return of === 'some' ? roster.filter(({ person }) => some.has(person)) : [...roster];
}

/** A new card for each of them, and the records that make it good and the one before it void. */
export function cardsFor(people: readonly RosterMember[], scope: string, random: Random) {
  const cards = people.map((member): PrintedCard => ({ member, card: newCard(random) }));
  const drafts = cards.map(({ member, card }) => {
    const body: CardBody = { card };
    return { kind: CARD_KIND, scope, subject: member.person, body };
  });
  return { cards, drafts };
}

/** Two columns of five, 85 × 54 mm each, lie on A4. */
const ON_A_PAGE = 10;

/** The cards as they lie on paper: pages of rows of two. */
export function inPages<T>(cards: readonly T[]): T[][][] {
  return parts(cards, ON_A_PAGE).map((page) => parts(page, 2));
}

function parts<T>(list: readonly T[], size: number): T[][] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, at) => list.slice(at * size, (at + 1) * size));
}
