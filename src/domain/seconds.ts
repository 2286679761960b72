/**
 * Who reports to a branch besides their own (雙報到, or a migrant's host branch), folded from `second`
 * records (ADR 16). They stand apart from its roster, and none of its numbers counts them.
 */
import type { StandingBody } from './bodies/people.ts';
import type { SecondAs, SecondBody } from './bodies/second.ts';
import type { TransferBody } from './bodies/transfer.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { listedOf, type RosterMember } from './roster.ts';
import { NO_STANDING } from './standing.ts';
import { roleWaits, waits } from './waits.ts';

/** The kind whose records say it. */
export const SECOND_KIND = 'second';

/** Somebody who takes part here and is another branch's. */
export interface SecondMember extends RosterMember {
  as: SecondAs;
  /** The day from which they take part, and the first on which they do no more. */
  from: string;
  to: string | null;
}

/**
 * Everybody who takes part on `day`, in the order of first entry, without those who are on the
 * branch's own roster by now. `ever`: also whoever took part before, whose old rolls keep the name.
 */
export function foldSeconds(
  records: readonly Foldable<unknown>[],
  roster: readonly RosterMember[],
  { day, ever = false }: { day: string; ever?: boolean },
): SecondMember[] {
  const members = new Map<string, SecondMember>();
  const used = new Set<string>();
  for (const record of inOrder(readable(records))) {
    const gone = letGo(record, roster);
    const left = gone && members.get(record.subject ?? '');
    if (left) members.set(left.person, { ...left, to: gone });
    // One that only lacks its seal is acted on by the server (ADR 10).
    if (record.kind !== SECOND_KIND || !record.subject || roleWaits(record)) continue;
    const before = members.get(record.subject);
    const body = record.body as SecondBody;
    if (body.way === 'out') {
      if (before) members.set(record.subject, { ...before, to: body.day });
      continue;
    }
    // A code that was used opens nothing again once its stay is over.
    if (before && before.to !== null && used.has(body.nonce)) continue;
    used.add(body.nonce);
    members.set(record.subject, entryOf(record.subject, body, before));
  }
  const own = new Set(listedOf(roster).map(({ person }) => person));
  return [...members.values()].filter(
    ({ person, from, to }) =>
      !own.has(person) && (ever || (from <= day && (to === null || day < to))),
  );
}

/**
 * The day from which the branch let one of its own go, by whatever record; null where it did not. Whoever
 * reported to it before they were its own takes part no more by that either, as on the server.
 */
function letGo(record: Foldable<unknown>, roster: readonly RosterMember[]): string | null {
  const { kind, subject } = record;
  if ((kind !== 'transfer' && kind !== 'standing') || waits(record)) return null;
  if (!roster.some(({ person }) => person === subject)) return null;
  const body = record.body as TransferBody | StandingBody;
  if ('way' in body) return body.way === 'out' ? body.day : null;
  return body.of === 'state' && body.is === 'unlisted' ? body.from : null;
}

type Coming = Extract<SecondBody, { way: 'in' }>;

function entryOf(
  person: string,
  { as, names, card, day }: Coming,
  before: SecondMember | undefined,
): SecondMember {
  // Told anew (another word, the same stay) the first day stays.
  const from = before && before.to === null ? before.from : day;
  return {
    ...NO_STANDING,
    ...{ person, names, card, as, from, to: null, since: from },
    ...{ group: null, byName: null, namesake: false, role: null, roleSince: null },
  };
}
