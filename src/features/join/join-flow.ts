import { computed, shallowRef } from 'vue';
import type { Joining, JoiningError, Look, Rejoining } from '#data/joining.port.ts';
import type { PhoneTrouble } from './phone-check.ts';

/** Why it did not work, each with a text under join.trouble and a way on. */
export type JoinTrouble =
  | PhoneTrouble
  | 'bad-link'
  | 'used'
  | 'expired'
  | 'unknown'
  | 'asked'
  | 'offline'
  | 'offline-joining'
  | 'portal'
  | 'server'
  | 'other';

/**
 * Where the person is. asking → joining → done; `not-me` spends nothing. `way`: an invitation that opens
 * nothing any more still leads to the secretary.
 */
export type JoinStep =
  | { at: 'looking' }
  | { at: 'asking'; look: Look }
  | { at: 'joining'; look: Look }
  | { at: 'not-me'; look: Look }
  | { at: 'done' }
  | { at: 'trouble'; trouble: JoinTrouble; way?: 'open' | 'going' };

/** Joining, step by step. Only `join` spends the invitation; it may be pressed again after a lost answer. */
export function createJoinFlow(deps: {
  joining: Joining & Rejoining;
  secret: string | null;
  phoneTrouble: () => Promise<PhoneTrouble | null>;
}) {
  const step = shallowRef<JoinStep>({ at: 'looking' });
  const fail = (trouble: JoinTrouble) => void (step.value = { at: 'trouble', trouble });
  /** What joining came to; a used or expired invitation may still ask the secretary. */
  const stop = (error: JoiningError, joining: boolean) => {
    const trouble = troubleOf(error, joining);
    fail(trouble);
    if (ASKS.includes(trouble)) step.value = { at: 'trouble', trouble, way: 'open' };
  };

  /** Sees whom the invitation is for. */
  async function look(): Promise<void> {
    step.value = { at: 'looking' };
    const trouble = await deps.phoneTrouble();
    if (trouble) return fail(trouble);
    if (!deps.secret) return fail('bad-link');
    const seen = await deps.joining.look(deps.secret);
    if (seen.ok) step.value = { at: 'asking', look: seen.value };
    else if (seen.error === 'invitation.used') await spend(deps.secret);
    else stop(seen.error, false);
  }

  /** A used invitation opens again for the phone that used it, and for no other: an answer was lost. */
  async function spend(secret: string): Promise<void> {
    const joined = await deps.joining.join(secret);
    if (joined.ok) step.value = { at: 'done' };
    else stop(joined.error, true);
  }

  async function join(): Promise<void> {
    if (step.value.at !== 'asking' || !deps.secret) return;
    step.value = { at: 'joining', look: step.value.look };
    await spend(deps.secret);
  }

  /** Between the question and 「不是我」, both ways. */
  function turn(at: 'asking' | 'not-me'): void {
    if ('look' in step.value) step.value = { at, look: step.value.look };
  }

  /** Asks the secretary to be let in again; the number that follows comes from the ledger. */
  async function askAgain(): Promise<void> {
    const { value } = step;
    if (value.at !== 'trouble' || value.way !== 'open' || !deps.secret) return;
    step.value = { ...value, way: 'going' };
    const asked = await deps.joining.askAgain(deps.secret);
    if (asked.ok) step.value = { ...value, way: 'open' };
    // Somebody else's kind of invitation: the county makes another.
    else fail(troubleOf(asked.error, true));
  }

  /** The secretary has tapped. */
  const enter = () => void (step.value = { at: 'done' });

  return { step: computed(() => step.value), look, join, turn, askAgain, enter };
}

/** What a new or a cleared phone meets. */
const ASKS: readonly JoinTrouble[] = ['used', 'expired'];

function troubleOf(error: JoiningError, joining: boolean): JoinTrouble {
  if (error === 'invitation.used') return 'used';
  if (error === 'invitation.expired') return 'expired';
  if (error === 'invitation.asked') return 'asked';
  if (error === 'invitation.unknown' || error === 'request.malformed') return 'unknown';
  // The phone has a network, which asks for a log-in first: no waiting for a signal helps.
  if (error === 'network.portal') return 'portal';
  if (error.startsWith('network.')) return joining ? 'offline-joining' : 'offline';
  return error.startsWith('server.') ? 'server' : 'other';
}
