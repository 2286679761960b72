import type { RosterMember } from '#domain/roster.ts';
import type { Result } from '#lib/result.ts';
import { createScanGate, type ScanOutcome } from './judge-scan.ts';
import type { SetOutcome } from './roll-desk.ts';

/** What the screen says of the last scan. failed: the record was not kept. undone: taken back by a tap. */
export type Shown = ScanOutcome | { type: 'failed' } | { type: 'undone'; member: RosterMember };

/**
 * Takes what the camera reads, many times a second, and marks each person once; null where it was the
 * code that is still held there. Two people one after the other both count, however fast.
 */
export function createScanTaker(deps: {
  clock: { monotonic(): number };
  /** What a text means over the roster and roll of this moment. */
  judge(text: string): ScanOutcome;
  mark(person: string): Promise<Result<SetOutcome, unknown>>;
}): (text: string) => Promise<Shown | null> {
  const isNew = createScanGate(deps.clock);
  return async (text) => {
    if (!isNew(text)) return null;
    const outcome = deps.judge(text);
    if (outcome.type !== 'count') return outcome;
    const done = await deps.mark(outcome.member.person);
    if (!done.ok) return { type: 'failed' };
    return done.value === 'same' ? { ...outcome, type: 'again' } : outcome;
  };
}

/** How many names stay on the screen: a lasting copy of what was said, and no list to read. */
const RECENT = 3;

/** The last who were marked, the newest first, after this scan. */
export function recentAfter(recent: readonly RosterMember[], shown: Shown): RosterMember[] {
  if (shown.type !== 'count' && shown.type !== 'undone') return [...recent];
  const others = recent.filter(({ person }) => person !== shown.member.person);
  return shown.type === 'count' ? [shown.member, ...others].slice(0, RECENT) : others;
}
