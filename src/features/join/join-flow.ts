import { computed, shallowRef } from 'vue';
import type { Joining, JoiningError, Look } from '#data/joining.port.ts';
import type { PhoneTrouble } from './phone-check.ts';

/** Why it did not work, each with a text under join.trouble and a way on. */
export type JoinTrouble =
  | PhoneTrouble
  | 'bad-link'
  | 'used'
  | 'expired'
  | 'unknown'
  | 'offline'
  | 'offline-joining'
  | 'portal'
  | 'server'
  | 'other';

/** Where the person is. asking → joining → done; `not-me` spends nothing. */
export type JoinStep =
  | { at: 'looking' }
  | { at: 'asking'; look: Look }
  | { at: 'joining'; look: Look }
  | { at: 'not-me'; look: Look }
  | { at: 'done' }
  | { at: 'trouble'; trouble: JoinTrouble };

/** Joining, step by step. Only `join` spends the invitation; it may be pressed again after a lost answer. */
export function createJoinFlow(deps: {
  joining: Joining;
  secret: string | null;
  phoneTrouble: () => Promise<PhoneTrouble | null>;
}) {
  const step = shallowRef<JoinStep>({ at: 'looking' });
  const fail = (trouble: JoinTrouble) => void (step.value = { at: 'trouble', trouble });

  /** Sees whom the invitation is for. */
  async function look(): Promise<void> {
    step.value = { at: 'looking' };
    const trouble = await deps.phoneTrouble();
    if (trouble) return fail(trouble);
    if (!deps.secret) return fail('bad-link');
    const seen = await deps.joining.look(deps.secret);
    if (seen.ok) step.value = { at: 'asking', look: seen.value };
    else if (seen.error === 'invitation.used') await spend(deps.secret);
    else fail(troubleOf(seen.error, false));
  }

  /** A used invitation opens again for the phone that used it, and for no other: an answer was lost. */
  async function spend(secret: string): Promise<void> {
    const joined = await deps.joining.join(secret);
    if (joined.ok) step.value = { at: 'done' };
    else fail(troubleOf(joined.error, true));
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

  return { step: computed(() => step.value), look, join, turn };
}

function troubleOf(error: JoiningError, joining: boolean): JoinTrouble {
  if (error === 'invitation.used') return 'used';
  if (error === 'invitation.expired') return 'expired';
  if (error === 'invitation.unknown' || error === 'request.malformed') return 'unknown';
  // The phone has a network, which asks for a log-in first: no waiting for a signal helps.
  if (error === 'network.portal') return 'portal';
  if (error.startsWith('network.')) return joining ? 'offline-joining' : 'offline';
  return error.startsWith('server.') ? 'server' : 'other';
}
