/** Contact persons of migrants, the dates on which they were in touch, and the kind word. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { contactBody } from '#domain/bodies/migrants.ts';
import { contactsToTell, foldContacts, isLongAgo } from '#domain/contacts.ts';
import { toErase } from '#domain/erase-person.ts';
import type { RosterMember } from '#domain/roster.ts';
import { NO_STANDING } from '#domain/standing.ts';

const [WEI, LI, TAN] = ['wei', 'li', 'tan'];
const names = { hans: '韦国栋' };

let made = 0;
function row(kind: string, subject: string, body: object, more: object = {}) {
  made += 1;
  const header = { id: `r${made}`, kind, subject, author: 's', day: '2026-03-05' };
  return { ...header, seq: made, n: made, at: 0, body, ...more };
}
const told = (by: string, more: object = {}) =>
  row('contact-person', by, { member: WEI, names, from: '2026-03-05', ...more });
const date = (by: string, day: string, more: object = {}) =>
  row('contact', by, { member: WEI, day, ...more });

describe('a contact person', () => {
  it('is told whom to contact, from a day to a day', () => {
    const rows = [told(LI), told(LI, { to: '2026-04-01' }), told(TAN, { from: '2026-04-01' })];
    const on = (day: string) => foldContacts(rows, day).map(({ by }) => by);
    expect(on('2026-03-04')).toEqual([]);
    expect(on('2026-03-31')).toEqual([LI]);
    expect(on('2026-04-01')).toEqual([TAN]);
  });

  it('has the last date that is no slip and does not lie ahead, in whatever order the records came', () => {
    const rows = [
      told(LI),
      date(LI, '2026-03-10'),
      date(LI, '2026-03-20'),
      date(LI, '2026-03-20', { not: true }),
      date(LI, '2027-01-01'),
      { ...date(LI, '2026-03-30'), confirm: 'unsealed' },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(foldContacts(shuffled, '2026-04-01')).toEqual([
          { by: LI, member: WEI, names, from: '2026-03-05', last: '2026-03-10' },
        ]);
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it('is not given the dates of the one before, and what anybody else says counts for nobody', () => {
    const rows = [told(LI), date(LI, '2026-03-10'), date('somebody', '2026-03-12')];
    const after = [...rows, told(LI, { to: '2026-04-01' }), told(TAN, { from: '2026-04-01' })];
    expect(foldContacts(after, '2026-04-01')).toMatchObject([{ by: TAN, last: null }]);
  });
});

describe('the kind word', () => {
  const contact = { from: '2026-03-05', last: null };

  it('comes after 90 days without a date, and goes with the next one', () => {
    expect(isLongAgo(contact, '2026-06-02')).toBe(false);
    expect(isLongAgo(contact, '2026-06-03')).toBe(true);
    expect(isLongAgo({ ...contact, last: '2026-06-03' }, '2026-06-04')).toBe(false);
    expect(isLongAgo({ ...contact, last: '2026-06-03' }, '2026-09-01')).toBe(true);
  });

  it('begins anew with a new contact person, whatever was before', () => {
    expect(isLongAgo({ from: '2026-06-01', last: '2026-01-01' }, '2026-06-03')).toBe(false);
  });

  it('says the same after ten years as on its first day', () => {
    expect([isLongAgo(contact, '2026-06-03'), isLongAgo(contact, '2036-06-03')]).toEqual([
      true,
      true,
    ]);
  });
});

describe('a contact date', () => {
  it('is a day and whom, and has room for nothing else', () => {
    const body = { member: '0190c3c4-0000-7000-8000-000000000001', day: '2026-03-05' };
    expect(v.is(contactBody, body)).toBe(true);
    for (const more of [{ place: '深圳' }, { employer: '厂' }, { why: '病' }, { text: '好' }])
      expect(v.is(contactBody, { ...body, ...more })).toBe(false);
  });

  it('goes when the member is erased, and so does the name that was told', () => {
    const rows = [told(LI), date(LI, '2026-03-10'), told(LI, { member: TAN })];
    expect(toErase(rows, WEI)).toEqual(rows.slice(0, 2));
  });
});

describe('what the desk tells contact persons', () => {
  const member = (more: Partial<RosterMember>): RosterMember => ({
    ...NO_STANDING,
    ...{ person: WEI, names, group: null, byName: null, namesake: false, card: 'C' },
    ...{ role: null, roleSince: null, state: 'migrant', contact: LI, ...more },
  });
  const day = '2026-04-01';

  it('is whom they contact, once', () => {
    const [first] = contactsToTell([member({})], [], day);
    expect(first).toEqual({ subject: LI, body: { member: WEI, names, from: day } });
    expect(contactsToTell([member({})], [told(LI)], day)).toEqual([]);
  });

  it('is another name, and the day stays', () => {
    const renamed = { hans: '韦国栋', hant: '韋國棟' };
    expect(contactsToTell([member({ names: renamed })], [told(LI)], day)).toEqual([
      { subject: LI, body: { member: WEI, names: renamed, from: '2026-03-05' } },
    ]);
  });

  it('is that it is over, where somebody else is it, the member is back or on the list no more', () => {
    const over = { subject: LI, body: { member: WEI, names, from: '2026-03-05', to: day } };
    expect(contactsToTell([member({ contact: TAN })], [told(LI)], day)).toEqual([
      over,
      { subject: TAN, body: { member: WEI, names, from: day } },
    ]);
    expect(contactsToTell([member({ state: 'listed' })], [told(LI)], day)).toEqual([over]);
    expect(contactsToTell([], [told(LI)], day)).toEqual([over]);
  });
});
