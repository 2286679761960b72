/** Complaints to those who run the county, and what they said to them; the last answer stands. */
import type { ComplaintAnswerBody, ComplaintBody, ComplaintToldBody } from './bodies/complaint.ts';
import { inOrder, readable, type Foldable } from './fold.ts';

export const COMPLAINT_KIND = 'complaint';
export const COMPLAINT_ANSWER_KIND = 'complaint-answer';
export const COMPLAINT_TOLD_KIND = 'complaint-told';

interface Complaint extends ComplaintBody {
  id: string;
  day: string;
  done: boolean;
}

/** Every complaint, in the common order. */
export function foldComplaints(records: readonly Foldable<unknown>[]): Complaint[] {
  const ordered = inOrder(readable(records));
  const answers = new Map(
    ordered
      .filter(({ kind }) => kind === COMPLAINT_ANSWER_KIND)
      .map(({ body }) => [
        (body as ComplaintAnswerBody).complaint,
        (body as ComplaintAnswerBody).done,
      ]),
  );
  return ordered
    .filter(({ kind }) => kind === COMPLAINT_KIND)
    .map(({ id, day, body }) => ({
      ...{ id, day, done: answers.get(id) ?? false },
      ...(body as ComplaintBody),
    }));
}

/** One's own words to the county, and whether the county said that they are answered. */
interface OwnComplaint<T> {
  id: string;
  day: string;
  done: boolean;
  /** Null where they were written on another device: of those only day and answer are told. */
  record: (T & { body: ComplaintBody }) | null;
}

/** Those of `person`, the oldest first. */
export function ownComplaints<T extends Foldable<unknown>>(
  person: string,
  records: readonly T[],
): OwnComplaint<T>[] {
  const ours = inOrder(readable(records)).filter(({ subject }) => subject === person);
  const told = ours.filter(({ kind }) => kind === COMPLAINT_TOLD_KIND);
  const of = new Map(told.map(({ body }) => [(body as ComplaintToldBody).complaint, body]));
  const written = ours.filter(({ kind }) => kind === COMPLAINT_KIND);
  const here = written.map((record) => {
    const answer = of.get(record.id) as ComplaintToldBody | undefined;
    of.delete(record.id);
    const { id, day } = record;
    return { id, day, done: answer?.done ?? false, record: record as T & { body: ComplaintBody } };
  });
  // An objection that was written here is answered by the same kind (objections.ts), and no complaint.
  const others = new Set(ours.map(({ id }) => id));
  const notHere = [...of.values()].filter(
    (body) => !others.has((body as ComplaintToldBody).complaint),
  );
  const elsewhere = notHere.map((body) => {
    const { complaint: id, day, done } = body as ComplaintToldBody;
    return { id, day, done, record: null };
  });
  return [...here, ...elsewhere].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
