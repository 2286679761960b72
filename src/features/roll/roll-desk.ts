import type { CheckInBody, CheckInState } from '#domain/bodies/attendance.ts';
import type { Foldable } from '#domain/fold.ts';
import { checkInFor, foldRoll, NAMED_MAX } from '#domain/roll.ts';
import { ok, type Result } from '#lib/result.ts';

/** A trembling finger taps twice: a second tap on the same person so soon is the same tap. */
export const DOUBLE_TAP_MS = 600;

/** What keeping a roll asks of the ledger. */
export interface RollLedger<E> {
  records(query: {
    kind: 'check-in';
    scope: string;
    subject: string;
  }): Promise<readonly (Foldable<unknown> & { state: string })[]>;
  write(draft: {
    kind: 'check-in';
    scope: string;
    subject: string;
    body: CheckInBody;
  }): Promise<Result<unknown, E>>;
}

/** `same`: it was so already. `double`: a tap too soon after another on the same person. */
export type SetOutcome = 'written' | 'same' | 'double';

/**
 * Keeps one activity's roll. Each set looks at what the ledger holds at that moment, not at what
 * a screen last showed, so that a correction always names the entry that stands; sets on one
 * person wait for each other.
 */
export function createRollDesk<E>(deps: {
  ledger: RollLedger<E>;
  clock: { monotonic(): number };
  activity: string;
  scope: string;
  /** A person's own proofs that nobody has decided: whatever is set decides them. */
  proofs?: (person: string) => readonly string[];
}) {
  const { ledger, clock, activity, scope, proofs = () => [] } = deps;
  const tapped = new Map<string, number>();
  const turns = new Map<string, Promise<unknown>>();

  /** In as many entries as it takes to name the proofs: what was decided once is asked no more. */
  async function write(
    person: string,
    state: CheckInState,
    how: CheckInBody['how'],
  ): Promise<Result<SetOutcome, E>> {
    let rest = proofs(person);
    for (;;) {
      const held = await ledger.records({ kind: 'check-in', scope, subject: person });
      const standing = held.filter((record) => record.state !== 'refused');
      const entry = foldRoll(activity, standing).get(person);
      const body = checkInFor(activity, entry, state, how, rest);
      if (!body) return ok('same');
      const written = await ledger.write({ kind: 'check-in', scope, subject: person, body });
      if (!written.ok) return written;
      rest = rest.slice(NAMED_MAX);
      if (rest.length === 0) return ok('written');
    }
  }

  /** Sets a person's state, once whatever came before it on that person is through. */
  function set(person: string, state: CheckInState, how: CheckInBody['how']) {
    const turn = (turns.get(person) ?? Promise.resolve()).then(() => write(person, state, how));
    const over = turn.catch(() => undefined);
    turns.set(person, over);
    return turn;
  }

  /** A tap: as `set`, unless the same person was tapped a moment ago. */
  async function tap(
    person: string,
    state: CheckInState,
    how: CheckInBody['how'] = 'tap',
  ): Promise<Result<SetOutcome, E>> {
    const now = clock.monotonic();
    const before = tapped.get(person);
    if (before !== undefined && now - before < DOUBLE_TAP_MS) return ok('double');
    tapped.set(person, now);
    const done = await set(person, state, how);
    // What was not kept was no tap: the next one tries again, and says again that it was not.
    if (!done.ok) tapped.delete(person);
    return done;
  }

  return { set, tap };
}

/** What one tap records while the desk goes through the names. */
export const TAP_MODES = ['present', 'online', 'leave', 'excused'] as const;
export type TapMode = (typeof TAP_MODES)[number];

/**
 * What the wide button does next: it marks what a tap records at the moment, and takes it back where it
 * is so already; 到 takes 線上 back too. Where two desks disagree it says what a tap records.
 */
export function nextState(
  state: CheckInState,
  doubtful = false,
  mode: TapMode = 'present',
): CheckInState {
  if (doubtful) return mode;
  if (mode !== 'present') return state === mode ? 'none' : mode;
  return state === 'present' || state === 'online' ? 'none' : 'present';
}
