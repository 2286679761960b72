/**
 * What people ask of their desk about what is kept of them, and what it said to that. A person asks
 * and a person answers: nothing is carried out or refused by a machine, and a request that came from
 * a phone that nothing vouches for (waits.ts) is shown like any other, with a word about that.
 */
import type { AnswerBody, RequestBody } from './bodies/requests.ts';
import { addDays } from './civil-day.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

export const REQUEST_KIND = 'request';
export const ANSWER_KIND = 'answer';

/** Within so many days it is to be done (App 違法違規收集使用個人信息行為認定方法, 2019, art. 6; X-21). */
export const ANSWER_WITHIN_DAYS = 15;

/** Something that somebody asked. */
export interface Asked {
  id: string;
  scope: string;
  person: string;
  of: RequestBody['of'];
  text: string | null;
  /** Which records it is about; empty: all. */
  records: readonly string[];
  /** The day on which it was asked, and the last one on which it is to be done. */
  day: string;
  by: string;
  /** Why one should ask back first; null where there is nothing to say. */
  confirm: string | null;
  /** The day of the answer that it is done; null while it is not. */
  done: string | null;
}

/** Everything that was asked, in the common order; the last answer stands, and one that waits is none. */
export function foldRequests(records: readonly (Foldable<unknown> & { scope: string })[]): Asked[] {
  const ordered = inOrder(readable(records));
  const answers = new Map(
    ordered
      .filter((record) => record.kind === ANSWER_KIND && !waits(record))
      .map(({ body, day, subject }) => {
        const { request, done } = body as AnswerBody;
        return [`${request} ${subject}`, done ? day : null];
      }),
  );
  return ordered.flatMap((record) => {
    const { id, scope, kind, subject, day, confirm = null } = record;
    if (kind !== REQUEST_KIND || !subject) return [];
    const { of, text = null, records = [] } = record.body as RequestBody;
    const by = addDays(day, ANSWER_WITHIN_DAYS);
    const done = answers.get(`${id} ${subject}`) ?? null;
    return [{ id, scope, person: subject, of, text, records, day, by, confirm, done }];
  });
}
