/**
 * Who is not among those who should come to one meeting (不算應到), folded from `exclusion` records: a
 * decision of the branch with whoever approved it and no cause. The last about a person stands; one
 * that waits for a person (waits.ts) decides nothing yet.
 */
import type { ExclusionBody } from './bodies/closing.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

export interface Exclusion {
  record: string;
  /** Who approved it, as typed; null where nobody said. */
  by: string | null;
}

/** The people whom `activity` does not wait for, each with the decision. */
export function foldExclusions(
  activity: string,
  records: readonly Foldable<unknown>[],
): Map<string, Exclusion> {
  const out = new Map<string, Exclusion>();
  for (const { id, kind, subject, body, confirm = null } of inOrder(readable(records))) {
    if (kind !== 'exclusion' || !subject || waits({ confirm })) continue;
    const { activity: of, excluded, by = null } = body as ExclusionBody;
    if (of !== activity) continue;
    if (excluded) out.set(subject, { record: id, by });
    else out.delete(subject);
  }
  return out;
}
