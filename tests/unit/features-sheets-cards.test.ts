import { expect, it } from 'vitest';
import { NO_STANDING } from '#domain/standing.ts';
import { cardsFor, inPages, peopleFor } from '#features/sheets/card-sheet.ts';

const member = (person: string, group: string | null) => ({
  ...{ person, names: { hans: person }, group, byName: null, namesake: false },
  ...{ card: 'S', role: null, roleSince: null, ...NO_STANDING },
});
const roster = [member('a', '一组'), member('b', '二组'), member('c', null)];
const who = (of: 'all' | 'group' | 'some', group = '', some: string[] = []) =>
  peopleFor(roster, { of, group, some: new Set(some) }).map(({ person }) => person);

it('cards are for everybody, for one group or for those who were chosen, in roster order', () => {
  expect(who('all')).toEqual(['a', 'b', 'c']);
  expect(who('group', '二组')).toEqual(['b']);
  expect(who('group', '')).toEqual(['c']);
  expect(who('some', '', ['c', 'a'])).toEqual(['a', 'c']);
});

it('each printed person gets a record of their own with a new id', () => {
  let made = 0;
  const random = { bytes: (length: number) => new Uint8Array(length).fill((made += 1)) };
  const { cards, drafts } = cardsFor(roster, 'branch', random);
  expect(drafts.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['card', 'a'],
    ['card', 'b'],
    ['card', 'c'],
  ]);
  expect(new Set(cards.map(({ card }) => card)).size).toBe(3);
  expect(drafts.map(({ body }) => body.card)).toEqual(cards.map(({ card }) => card));
});

it('ten cards lie on a page, two in a row', () => {
  const pages = inPages(Array.from({ length: 13 }, (_, at) => at));
  expect(pages.map((page) => page.map((row) => row.length))).toEqual([
    [2, 2, 2, 2, 2],
    [2, 1],
  ]);
});
