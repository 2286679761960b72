/**
 * Contact persons of migrants and the dates on which they were in touch (2019 regulation, art. 32; 2024
 * opinions). A date is seen by the contact person and the secretary alone; it holds no place, employer or
 * cause. After 90 days without one both are given a kind word, and nothing more ever: no list, no
 * countdown, no step beyond it, and nothing about the member's standing follows from it.
 *
 * Who sees what when people change: a secretary who comes reads all dates of the branch, one who goes none;
 * a contact person who comes reads none from before, and the count begins with them; one who goes keeps
 * the own ones. So the office knows, and no member is handed another's notes.
 */
import type { ContactBody, ContactPersonBody } from './bodies/migrants.ts';
import type { Names } from './bodies/shared.ts';
import { addDays } from './civil-day.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import type { RosterMember } from './roster.ts';
import { waits } from './waits.ts';

/** The kinds whose records say it. */
export const CONTACT_PERSON_KIND = 'contact-person';
export const CONTACT_KIND = 'contact';

/** So long without a date before the kind word. */
const KIND_WORD_DAYS = 90;

/** Somebody and the member whom they contact. */
export interface Contact {
  /** The contact person's id. */
  by: string;
  member: string;
  names: Names;
  /** The day from which they are it. */
  from: string;
  /** The last day on which they were in touch; null where none is written down. */
  last: string | null;
}

/** Who contacts whom on `today`, as the desk told the contact persons, in the order of telling. */
export function foldContacts(records: readonly Foldable<unknown>[], today: string): Contact[] {
  const ordered = inOrder(readable(records)).filter((record) => !waits(record));
  const told = foldTold(ordered);
  const last = lastDates(ordered, today);
  return [...told.values()].flatMap(({ by, member, names, from, to }) =>
    from <= today && (to === undefined || today < to)
      ? [{ by, member, names, from, last: last.get(`${by} ${member}`) ?? null }]
      : [],
  );
}

interface Told extends ContactPersonBody {
  by: string;
}

/** The last word about each pair. */
function foldTold(ordered: readonly Foldable<unknown>[]): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const { kind, subject, body } of ordered) {
    if (kind !== CONTACT_PERSON_KIND || !subject) continue;
    const { member } = body as ContactPersonBody;
    told.set(`${subject} ${member}`, { ...(body as ContactPersonBody), by: subject });
  }
  return told;
}

/** The latest date of each pair; one that was a slip is none, and neither is one that lies ahead. */
function lastDates(ordered: readonly Foldable<unknown>[], today: string): Map<string, string> {
  const dates = new Map<string, Set<string>>();
  for (const { kind, subject, body } of ordered) {
    if (kind !== CONTACT_KIND || !subject) continue;
    const { member, day, not } = body as ContactBody;
    const key = `${subject} ${member}`;
    const days = dates.get(key) ?? new Set<string>();
    if (not) days.delete(day);
    else if (day <= today) days.add(day);
    dates.set(key, days);
  }
  return new Map(
    [...dates].flatMap(([key, days]) => {
      const day = [...days].sort().pop();
      return day === undefined ? [] : [[key, day] as const];
    }),
  );
}

/**
 * Whether it is time for a kind word: 90 days since the last date, or since they became the contact
 * person. It is so or it is not: how many days it has been is told to nobody.
 */
export function isLongAgo({ from, last }: Pick<Contact, 'from' | 'last'>, today: string): boolean {
  const since = last !== null && last > from ? last : from;
  return today >= addDays(since, KIND_WORD_DAYS);
}

/**
 * What a desk has to tell contact persons, whose phones have no roster: who is one now and was not told
 * yet, or under another name, and who is one no more. Written with the change, and again by whatever desk
 * finds that it was not.
 */
export function contactsToTell(
  roster: readonly RosterMember[],
  records: readonly Foldable<unknown>[],
  today: string,
): { subject: string; body: ContactPersonBody }[] {
  const told = foldContacts(records, today);
  const now = roster.filter(({ state, contact }) => state === 'migrant' && contact !== null);
  const isNow = ({ by, member }: Contact) =>
    now.some(({ person, contact }) => person === member && contact === by);
  const over = told
    .filter((one) => !isNow(one))
    .map(({ by, member, names, from }) => ({
      ...{ subject: by, body: { member, names, from, to: today } },
    }));
  const begun = now.flatMap(({ person: member, contact, names }) => {
    const before = told.find((one) => one.by === contact && one.member === member);
    if (!contact || (before && isSame(before.names, names))) return [];
    return [{ subject: contact, body: { member, names, from: before?.from ?? today } }];
  });
  return [...over, ...begun];
}

function isSame(a: Names, b: Names): boolean {
  return a.hans === b.hans && a.hant === b.hant;
}
