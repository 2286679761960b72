/**
 * 「我去不了」, folded from `absence` records: what somebody said last of an activity stands. It is said
 * by the member alone, with no cause (PRODUCT.md, relief 7), and decides nothing: the roll has its own
 * states, and only the desk sets them (roll.ts). What waits for a person (waits.ts) says nothing yet.
 */
import type { AbsenceBody } from './bodies/attendance.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

/** The record by which each person says that they cannot come to `activity`; whoever took it back is out. */
export function foldAbsences(
  activity: string,
  records: readonly Foldable<unknown>[],
): Map<string, string> {
  const said = new Map<string, string>();
  for (const record of inOrder(readable(records))) {
    const { id, kind, subject, author } = record;
    if (kind !== 'absence' || !subject || subject !== author || waits(record)) continue;
    const { activity: of, coming } = record.body as AbsenceBody;
    if (of !== activity) continue;
    if (coming) said.delete(subject);
    else said.set(subject, id);
  }
  return said;
}
