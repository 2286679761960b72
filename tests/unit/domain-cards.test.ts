import { describe, expect, it } from 'vitest';
import { countPrinted, findByPrinted, foldCards } from '#domain/cards.ts';
import { memberCodeText, newCard, readScanned } from '#domain/qr-codes.ts';
import { NO_STANDING } from '#domain/standing.ts';

const card = (seq: number, subject: string, id: string, more: object = {}) => ({
  ...{ id: `r${seq}`, kind: 'card', subject, author: 'desk', seq, n: seq as number | null },
  ...{ at: seq, day: '2026-03-05', body: { card: id } as unknown, ...more },
});
const member = (person: string, screen: string) => ({
  ...{ person, names: { hans: person }, group: null, byName: null, namesake: false },
  ...{ card: screen, role: null, roleSince: null, ...NO_STANDING },
});
const roster = [member('huang', 'S1'), member('wei', 'S2')];
const find = (records: Parameters<typeof foldCards>[0], id: string) => {
  const found = findByPrinted(foldCards(records), roster, id);
  return found === 'void' ? found : (found?.person ?? null);
};

describe('printed cards', () => {
  it('of each person the last is good, and those before it are void', () => {
    const records = [card(1, 'huang', 'A'), card(2, 'wei', 'B'), card(3, 'huang', 'C')];
    expect(['A', 'B', 'C', 'X'].map((id) => find(records, id))).toEqual([
      'void',
      'wei',
      'huang',
      null,
    ]);
    expect(countPrinted(foldCards(records), roster)).toBe(2);
  });

  it('fold to the same in whatever order they come, the one that is only on this phone last', () => {
    const records = [
      card(1, 'huang', 'A'),
      card(2, 'huang', 'B'),
      card(0, 'huang', 'C', { n: null }),
    ];
    for (const order of [records, [...records].reverse()])
      expect(['A', 'B', 'C'].map((id) => find(order, id))).toEqual(['void', 'void', 'huang']);
  });

  it('I10 the same record twice makes no card void', () => {
    const one = card(1, 'huang', 'A');
    expect(find([one, { ...one }], 'A')).toBe('huang');
  });

  it('one that was erased or declined is nobody’s, and one that waits is neither good nor void', () => {
    const first = card(1, 'huang', 'A');
    expect(find([first, card(2, 'huang', 'B', { body: null })], 'A')).toBe('void');
    expect(find([first, card(2, 'huang', 'B', { declined: true })], 'A')).toBe('huang');
    const waiting = [first, card(2, 'huang', 'B', { confirm: 'unsealed' })];
    expect([find(waiting, 'A'), find(waiting, 'B')]).toEqual(['huang', null]);
  });

  it('of whoever is on the roster no more counts for nobody', () => {
    expect(find([card(1, 'gone', 'A')], 'A')).toBeNull();
  });

  it('hold a random id of 16 characters and nothing else', () => {
    const bytes = Uint8Array.from({ length: 10 }, (_, i) => 25 * i);
    const id = newCard({ bytes: () => bytes });
    expect(id).toHaveLength(16);
    expect(readScanned(memberCodeText(id))).toEqual({ type: 'member', card: id });
  });
});
