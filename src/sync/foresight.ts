/**
 * Asks the server what other periods would take (protocol/retention.ts). Promises: nothing is kept on
 * the phone or changed anywhere; an answer that is not ours is none.
 */
import * as v from 'valibot';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Foresight } from '#data/retention.port.ts';
import { fail, ok } from '#lib/result.ts';
import { retentionAnswerSchema } from '#protocol/retention.ts';
import { pack } from './pack.ts';
import type { Transport } from './transport.port.ts';

/** The port's implementation. */
export function createForesight(deps: { ledger: Ledger; transport: Transport }): Foresight {
  return {
    async foresee(rule) {
      const person = await deps.ledger.current();
      if (!person) return fail('session.unknown');
      const reply = await deps.transport.post('/api/retention', await pack(rule), person.token);
      if (!reply.ok) return fail(reply.error.code);
      const answer = v.safeParse(retentionAnswerSchema, reply.value.json);
      return answer.success ? ok(answer.output) : fail('network.portal');
    },
  };
}
