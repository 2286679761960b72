/** The records that the closing of a roll is folded from (closing.ts). */
import { readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

/** The kinds that a reader has to hand in. */
export const CLOSING_KINDS = [
  'closing',
  'reopening',
  'looked',
  'check-in',
  'paper-count',
  'proof',
  'decision',
] as const;

/** A record of a meeting; its device tells what the phone that closed had written itself. */
export type MeetingRecord = Foldable<unknown> & { device: string };

/** Those of one kind that are of `activity` and count: what was erased or declined, or waits for a person, does not. */
export function counting<Body extends { activity?: string }>(
  kind: (typeof CLOSING_KINDS)[number],
  activity: string,
  records: readonly MeetingRecord[],
): (MeetingRecord & { body: Body })[] {
  return readable(records).filter(
    (record): record is MeetingRecord & { body: Body } =>
      record.kind === kind && !waits(record) && (record.body as Body).activity === activity,
  );
}
