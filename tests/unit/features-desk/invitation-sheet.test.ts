import { describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import { foldRoster } from '#domain/roster.ts';
import { invitablePeople, inPairs, papersFor } from '#features/desk/invitation-sheet.ts';

const NOW = Date.parse('2026-11-26T10:00:00+08:00');
const CARD = '0123456789ABCDEF';

let made = 0;
const counting = { bytes: (length: number) => new Uint8Array(length).fill((made += 1)) };

function on(n: number, kind: string, subject: string, body: object) {
  return { id: `r${n}`, kind, subject, author: 's', seq: n, n, at: 0, day: '2026-11-26', body };
}
const named = (n: number, subject: string) =>
  on(n, 'member', subject, { names: { hans: subject }, card: CARD });

describe('the sheet of invitations', () => {
  it('is for whoever is on the list without a role and has not agreed here, in roster order', () => {
    const role = { role: 'committee', names: { hans: 'c' }, card: CARD, from: '2026-01-01' };
    const rows = [named(1, 'b'), named(2, 'a'), named(3, 'c'), on(4, 'role', 'c', role)];
    const people = invitablePeople(foldRoster(rows, '2026-11-26'), [{ subject: 'a' }]);
    expect(people.map(({ person }) => person)).toEqual(['b']);
  });

  it('has a secret of its own on each paper; the record knows its hash and 30 days', () => {
    const members = foldRoster([named(1, 'a'), named(2, 'b')], '2026-11-26');
    const with_ = { now: NOW, random: counting, origin: 'https://county.example' };
    const papers = papersFor(members, with_);
    const secrets = papers.map(({ link }) => link.split('/join#')[1] ?? '');
    expect(new Set(secrets).size).toBe(2);
    expect(papers.map(({ body }) => body)).toEqual(
      secrets.map((secret) => ({
        hash: invitationHash(secret),
        role: 'member',
        expires: NOW + 30 * 86_400_000,
      })),
    );
  });

  it('lies two by two, and the odd one alone', () => {
    expect(inPairs([1, 2, 3])).toEqual([[1, 2], [3]]);
    expect(inPairs([])).toEqual([]);
  });
});
