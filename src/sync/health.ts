/**
 * Asks the server how its machine is (protocol/health.ts). Promises: the token of the person on the
 * screen and nothing else is sent; what is kept is kept for that person alone; an answer that is not
 * ours changes nothing.
 */
import * as v from 'valibot';
import { KEPT_HEALTH, type Health, type KeptHealth } from '#data/health.port.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { fail, ok } from '#lib/result.ts';
import { healthAnswerSchema } from '#protocol/health.ts';
import { pack } from './pack.ts';
import type { Transport } from './transport.port.ts';

/** The port's implementation. */
export function createHealth(deps: { ledger: Ledger; transport: Transport }): Health {
  return {
    async ask() {
      const person = await deps.ledger.current();
      if (!person) return fail('session.unknown');
      const reply = await deps.transport.post('/api/health', await pack({}), person.token);
      if (!reply.ok) return fail(reply.error.code);
      const answer = v.safeParse(healthAnswerSchema, reply.value.json);
      if (!answer.success) return fail('network.portal');
      const kept: KeptHealth = { facts: answer.output, at: reply.value.receivedAt };
      await deps.ledger.sync.keepFor(person.person, KEPT_HEALTH, kept);
      return ok(null);
    },
  };
}
