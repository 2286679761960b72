/**
 * Leaves a finished table on the server for one download (protocol/once.ts). Promises: nothing is kept on
 * the phone; an answer that is not ours is none; a file that is too large is not sent.
 */
import * as v from 'valibot';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { OnceLinks } from '#data/once.port.ts';
import { toBase64Url } from '#lib/base64.ts';
import { fail, ok } from '#lib/result.ts';
import { ONCE_BYTES_MAX, onceAnswerSchema } from '#protocol/once.ts';
import { pack } from './pack.ts';
import type { Transport } from './transport.port.ts';

/** The port's implementation. */
export function createOnceLinks(deps: { ledger: Ledger; transport: Transport }): OnceLinks {
  return {
    async leaveOnce(as, file) {
      const person = await deps.ledger.current();
      if (!person) return fail('session.unknown');
      if (file.length > ONCE_BYTES_MAX) return fail('request.too-large');
      const packet = await pack({ as, file: toBase64Url(file) });
      const reply = await deps.transport.post('/api/once', packet, person.token);
      if (!reply.ok) return fail(reply.error.code);
      const answer = v.safeParse(onceAnswerSchema, reply.value.json);
      return answer.success ? ok(answer.output.path) : fail('network.portal');
    },
  };
}
