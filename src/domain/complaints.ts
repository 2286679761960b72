/** Complaints to those who run the county, and what they said to them; the last answer stands. */
import type { ComplaintAnswerBody, ComplaintBody } from './bodies/complaint.ts';
import { inOrder, readable, type Foldable } from './fold.ts';

export const COMPLAINT_KIND = 'complaint';
export const COMPLAINT_ANSWER_KIND = 'complaint-answer';
export const COMPLAINT_TOLD_KIND = 'complaint-told';

export interface Complaint extends ComplaintBody {
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
