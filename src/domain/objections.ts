/**
 * 「這條不對」: what a member says of their own line, to the secretary (`objection`) or past the branch to
 * the county (`objection-above`). The one is never made of the other: what was said above comes to the
 * secretary only by an `objection` that the member writes later. A person looks and says so;
 * nothing is changed by it.
 */
import type { ComplaintAnswerBody, ComplaintToldBody } from './bodies/complaint.ts';
import type { ObjectionAboveBody, ObjectionBody } from './bodies/proof.ts';
import type { AnswerBody } from './bodies/requests.ts';
import { COMPLAINT_ANSWER_KIND, COMPLAINT_TOLD_KIND } from './complaints.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { ANSWER_KIND } from './requests.ts';
import { waits } from './waits.ts';

export const OBJECTION_KIND = 'objection';
export const OBJECTION_ABOVE_KIND = 'objection-above';

/** What somebody said to their secretary. */
export interface Objection {
  id: string;
  scope: string;
  person: string;
  activity: string;
  text: string | null;
  day: string;
  /** Why one should ask back first; null where there is nothing to say. */
  confirm: string | null;
  /** The day on which the desk said that it has looked; null while it has not. */
  seen: string | null;
}

type Scoped = Foldable<unknown> & { scope: string };

/** Every objection to the desk, in the common order; the last answer stands, what its member settled is out. */
export function foldObjections(records: readonly Scoped[]): Objection[] {
  const ordered = inOrder(readable(records));
  const answers = lastOf(
    ordered.filter((record) => !waits(record)),
    ANSWER_KIND,
    (record) => {
      const { request, done } = record.body as AnswerBody;
      return [`${request} ${record.subject}`, done ? record.day : null];
    },
  );
  let said: Objection[] = [];
  for (const { id, scope, kind, subject: person, day, body, confirm = null } of ordered) {
    if (kind !== OBJECTION_KIND || !person) continue;
    const { activity, text = null, settled } = body as ObjectionBody;
    if (settled) {
      // Else a changed phone could silence somebody: what waits shows, and takes nothing away.
      if (waits({ confirm })) continue;
      said = said.filter((one) => one.person !== person || one.activity !== activity);
      continue;
    }
    const seen = answers.get(`${id} ${person}`) ?? null;
    said.push({ id, scope, person, activity, text, day, confirm, seen });
  }
  return said;
}

/** What somebody said past their branch, as the county's desk has it; it names nobody. */
export interface ObjectionAbove extends ObjectionAboveBody {
  id: string;
  day: string;
  done: boolean;
}

/** Every objection to the county, in the common order; an answer is one as to a complaint. */
export function foldObjectionsAbove(records: readonly Foldable<unknown>[]): ObjectionAbove[] {
  const ordered = inOrder(readable(records));
  const answers = lastOf(ordered, COMPLAINT_ANSWER_KIND, ({ body }) => {
    const { complaint, done } = body as ComplaintAnswerBody;
    return [complaint, done];
  });
  return ordered
    .filter(({ kind }) => kind === OBJECTION_ABOVE_KIND)
    .map(({ id, day, body }) => ({
      ...(body as ObjectionAboveBody),
      ...{ id, day, done: answers.get(id) ?? false },
    }));
}

/** One's own words about one meeting, whoever they were said to. */
export interface OwnObjection<T> {
  record: T;
  to: 'secretary' | 'above';
  text: string | null;
  /** Whoever they were said to has looked. */
  seen: boolean;
}

/** What `person` said of their line in `activity`, the oldest first, as far as this phone holds it. */
export function ownObjections<T extends Scoped>(
  person: string,
  activity: string,
  records: readonly T[],
): OwnObjection<T>[] {
  const mine = inOrder(readable(records)).filter(({ subject }) => subject === person);
  const byId = new Map(foldObjections(mine).map((one) => [one.id, one]));
  const told = lastOf(mine, COMPLAINT_TOLD_KIND, ({ body }) => {
    const { complaint, done } = body as ComplaintToldBody;
    return [complaint, done];
  });
  return mine.flatMap((record): OwnObjection<T>[] => {
    const { id, kind, body } = record;
    const said = byId.get(id);
    if (said?.activity === activity)
      return [{ record, to: 'secretary', text: said.text, seen: said.seen !== null }];
    if (kind !== OBJECTION_ABOVE_KIND) return [];
    const { activity: of, text = null } = body as ObjectionAboveBody;
    return of === activity ? [{ record, to: 'above', text, seen: told.get(id) ?? false }] : [];
  });
}

/** The last value for each key among the records of a kind. */
function lastOf<V>(
  ordered: readonly Foldable<unknown>[],
  kind: string,
  entry: (record: Foldable<unknown>) => [string, V],
): Map<string, V> {
  return new Map(ordered.filter((record) => record.kind === kind).map(entry));
}
