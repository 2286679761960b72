/** Roles from a day to a day, and what the desk decides about records that wait. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldDecisions, isDecidable } from '#domain/decisions.ts';
import type { Foldable } from '#domain/fold.ts';
import { KINDS } from '#domain/kinds.ts';
import { foldRoster } from '#domain/roster.ts';

let made = 0;
function record(kind: string, subject: string | null, body: object, more: object = {}) {
  made += 1;
  const header = { id: `r${made}`, kind, subject, author: 's', day: '2026-03-05' };
  return { ...header, seq: made, n: made, at: made, body, ...more } as Foldable<unknown>;
}
const role = (subject: string, is: string, from: string, more: object = {}) =>
  record('role', subject, { role: is, names: { hans: subject }, card: 'C', from, ...more });

const rolesOn = (records: Foldable<unknown>[], day: string) =>
  foldRoster(records, day).map(({ person, role: held, roleSince }) => [person, held, roleSince]);

describe('a role', () => {
  const handover = [
    role('old', 'secretary', '2024-01-01'),
    role('new', 'secretary', '2026-03-05'),
    role('old', 'secretary', '2024-01-01', { to: '2026-03-05' }),
  ];

  it('is the old one’s to the day before, and the new one’s from that day on', () => {
    expect(rolesOn(handover, '2026-03-04')).toEqual([
      ['old', 'secretary', '2024-01-01'],
      ['new', null, null],
    ]);
    expect(rolesOn(handover, '2026-03-05')).toEqual([
      ['old', null, null],
      ['new', 'secretary', '2026-03-05'],
    ]);
  });

  it('is told in whatever order the records came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(handover, { minLength: 3 }), (records) => {
        expect(Object.fromEntries(rolesOn(records, '2026-03-05').map(([p, r]) => [p, r]))).toEqual({
          old: null,
          new: 'secretary',
        });
      }),
      { numRuns: 20 },
    );
  });

  it('begins again after it was over, and waits with a record that waits', () => {
    const again = [...handover, role('old', 'secretary', '2026-06-01')];
    expect(rolesOn(again, '2026-06-01')[0]).toEqual(['old', 'secretary', '2026-06-01']);
    const doubtful = record(
      'role',
      'x',
      { role: 'secretary', from: '2020-01-01' },
      { confirm: 'fork' },
    );
    expect(rolesOn([...handover, doubtful], '2026-06-01')).toHaveLength(2);
  });

  it('of the secretary is told before that of the committee', () => {
    const both = [role('a', 'secretary', '2026-01-01'), role('a', 'committee', '2026-02-01')];
    expect(rolesOn(both, '2026-03-05')).toEqual([['a', 'secretary', '2026-01-01']]);
    expect(rolesOn(both.toReversed(), '2026-03-05')).toEqual([['a', 'secretary', '2026-01-01']]);
  });
});

describe('a decision', () => {
  const decision = (hash: string, counts: boolean, more: object = {}) =>
    record('decision', null, { record: 'r', hash, counts }, more);

  it('is the last one that does not wait itself', () => {
    const records = [
      decision('a', true),
      decision('a', false),
      decision('b', true),
      decision('b', false, { confirm: 'unsealed' }),
    ];
    const decided = foldDecisions(records.toReversed());
    expect([decided.get('a')?.counts, decided.get('b')?.counts]).toEqual([false, true]);
  });

  it('is about what somebody is or did, and that a roster became a file, never about a right', () => {
    const decidable = Object.keys(KINDS).filter(isDecidable);
    const said = ['consent', 'member', 'standing', 'request', 'answer', 'export'];
    const meeting = [
      ...['activity', 'activity-change', 'check-in', 'absence', 'proof', 'exclusion', 'objection'],
      ...['paper-count', 'paper-people', 'closing', 'reopening', 'looked', 'shown', 'card'],
      ...['notice', 'form'],
      ...['own-rules', 'attended-elsewhere', 'attended-checked', 'contact-person', 'contact'],
    ];
    expect(decidable.toSorted()).toEqual([...said, ...meeting].toSorted());
    expect(isDecidable('of a later version')).toBe(false);
  });
});
