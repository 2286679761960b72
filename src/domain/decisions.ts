/**
 * What the desk decided about records that wait for a person (waits.ts): from then on such a record
 * counts as if it had never waited, or it never does. The last decision about a record stands.
 */
import type { DecisionBody } from './bodies/decision.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { kindRule } from './kinds.ts';
import { waits } from './waits.ts';

/** The kind whose records decide. */
export const DECISION_KIND = 'decision';

/**
 * Whether a record of this kind may be made to count: one that says what somebody is or did. What
 * gives or takes rights is not taken over from a phone that nothing vouches for: whoever may, writes it anew.
 */
export function isDecidable(kind: string): boolean {
  const rule = kindRule(kind);
  return (rule?.erasable === true && rule.gives !== true) || rule?.keptLate === true;
}

/** The decisions among `records`, by the hash of what they are about; one that waits itself decides nothing. */
export function foldDecisions(
  records: readonly Foldable<unknown>[],
): Map<string, { record: string; counts: boolean }> {
  const ours = readable(records).filter(({ kind }) => kind === DECISION_KIND);
  return new Map(
    inOrder(ours.filter((record) => !waits(record))).map(({ body }) => {
      const { record, hash, counts } = body as DecisionBody;
      return [hash, { record, counts }];
    }),
  );
}
