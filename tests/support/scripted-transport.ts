import type { Clock } from '#lib/clock.ts';
import { fail, ok } from '#lib/result.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { SyncAnswer, SyncRequest } from '#protocol/sync.ts';
import type { Transport } from '#sync/transport.port.ts';
import { bodyOf } from './bodies.ts';

/** What the other side does with one request of a token: an answer of any shape, or the failure's code. */
export type Step = (
  request: SyncRequest,
  token?: string,
) => { json: unknown } | { code: ErrorCode; answering?: boolean };

export interface ScriptedTransport extends Transport {
  /** Every request so far, parsed. */
  readonly requests: SyncRequest[];
  /** Whose they were. */
  readonly tokens: (string | undefined)[];
  /** The next answers in their order; the last one stays. */
  script(...steps: Step[]): void;
}

/** A server made of functions. */
export function createScriptedTransport(clock: Clock, ...first: Step[]): ScriptedTransport {
  let steps = first;
  const requests: SyncRequest[] = [];
  const tokens: (string | undefined)[] = [];
  return {
    requests,
    tokens,
    script(...next) {
      steps = next;
    },
    async post(_path, { bytes }, token) {
      const request = bodyOf<SyncRequest>(bytes);
      requests.push(request);
      tokens.push(token);
      const step = steps.length > 1 ? steps.shift() : steps[0];
      const said = step?.(request, token) ?? { code: 'network.unreachable' as const };
      if ('json' in said)
        return ok({ json: said.json, sentAt: clock.now(), receivedAt: clock.now() });
      return fail({ code: said.code, answering: said.answering ?? false, retryAfter: null });
    },
  };
}

/** An answer that takes everything and brings nothing. */
export function accepting(
  request: SyncRequest,
  change: Partial<SyncAnswer> = {},
): { json: SyncAnswer } {
  const seqs = (request.records ?? []).map((record) => (record as { seq: number }).seq);
  const results = seqs.map((seq) => ({
    from: seq,
    to: seq,
    code: 'ok' as const,
    n: seq,
    tag: 't',
  }));
  const answer: SyncAnswer = {
    ...{ v: 1, epoch: 'first', now: Date.parse('2026-03-01T12:00:00Z'), results },
    ...{ pages: [], grants: [], more: false },
  };
  return { json: { ...answer, ...change } };
}
