/**
 * What an erasure of a whole person takes (ADR 7). Names, group, standing, the yes to the notice and
 * the person's own words go. A line of a roll stays: it holds no name, and the number of those who
 * came is the meeting's record; so does what holds no word of anybody.
 */
import { ERASED_MAX, type ErasureBody } from './bodies/erasure.ts';
import type { RequestBody } from './bodies/requests.ts';
import type { SecondBody } from './bodies/second.ts';
import { CONTACT_KIND, CONTACT_PERSON_KIND } from './contacts.ts';
import { isErasable } from './erasure.ts';
import type { Foldable } from './fold.ts';
import { ANSWER_KIND, REQUEST_KIND } from './requests.ts';
import { SECOND_KIND } from './seconds.ts';

/** Those of a branch's records that go when `person` is erased there. */
export function toErase<T extends Foldable<unknown>>(records: readonly T[], person: string): T[] {
  return records.filter(
    (record) => isAbout(record, person) && isErasable(record.kind) && holdsWords(record),
  );
}

/** Also what is somebody else's, and names the person: their contact person was told whom to call. */
function isAbout({ kind, subject, body }: Foldable<unknown>, person: string): boolean {
  if (subject === person) return true;
  const names = kind === CONTACT_KIND || kind === CONTACT_PERSON_KIND;
  return names && (body as { member?: string } | null)?.member === person;
}

function holdsWords({ kind, body }: Foldable<unknown>): boolean {
  // An erased one has nothing left.
  if (body === null || kind === 'check-in' || kind === ANSWER_KIND) return false;
  // That a stay is over holds no name, and tells whose lines are in no number of the branch.
  if (kind === SECOND_KIND) return (body as SecondBody).way !== 'out';
  return kind !== REQUEST_KIND || (body as RequestBody).text !== undefined;
}

/** The bodies of as many erasures as these ids need. */
export function erasuresOf(ids: readonly string[]): ErasureBody[] {
  const bodies: ErasureBody[] = [];
  for (let at = 0; at < ids.length; at += ERASED_MAX)
    bodies.push({ records: ids.slice(at, at + ERASED_MAX) });
  return bodies;
}

/** Who has had a record erased; on no roster any more, they still count in old rolls (roll.ts). */
export function erasedPeople(records: readonly { kind: string; subject: string | null }[]) {
  const erased = records.filter(({ kind }) => kind === 'erased');
  return new Set(erased.flatMap(({ subject }) => subject ?? []));
}
