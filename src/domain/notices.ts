/** A branch's lines to all its people, shown until their day is over; one that waits for a person is none yet. */
import type { NoticeBody } from './bodies/closing.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

export const NOTICE_KIND = 'notice';

export interface Notice extends NoticeBody {
  id: string;
  scope: string;
  /** The day on which it was written. */
  day: string;
}

/** What is to be read on `today`, the newest first. One that was taken back is erased, and in no list. */
export function foldNotices(
  records: readonly (Foldable<unknown> & { scope: string })[],
  today: string,
): Notice[] {
  return inOrder(readable(records))
    .filter((record) => record.kind === NOTICE_KIND && !waits(record))
    .map(({ id, scope, day, body }) => ({ ...(body as NoticeBody), ...{ id, scope, day } }))
    .filter(({ until }) => until >= today)
    .reverse();
}
