/**
 * One person's records and views brought in step with the server: requests follow each other while
 * either side has more. Promises: every request that got an answer is kept even when the next one
 * fails; a failure after progress is tried again at once with half, a second one ends the run.
 */
import * as v from 'valibot';
import type { LedgerSync } from '#data/ledger/ledger-sync.ts';
import type { Person } from '#data/ledger/person.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { syncAnswerSchema } from '#protocol/sync.ts';
import { afterAnswer, afterFailure, START_PACE, type Pace } from './batch-size.ts';
import { applyAnswer, type Applied } from './pull.ts';
import { composeRequest, type Outgoing } from './push.ts';
import { PLAIN_MAX_BYTES } from './pack.ts';
import type { Transport, TransportFailure } from './transport.port.ts';

export interface PersonSyncDeps {
  sync: LedgerSync;
  transport: Transport;
  subtle: SubtleCrypto | undefined;
}

export interface Moved {
  pushed: number;
  pulled: number;
  requests: number;
}

/** Name under which the pace is kept for each person. */
const PACE = 'sync.pace';

/** Runs until nothing is left on either side, or says why it stopped. */
export async function syncPerson(
  deps: PersonSyncDeps,
  id: string,
): Promise<Result<Moved, TransportFailure>> {
  const moved: Moved = { pushed: 0, pulled: 0, requests: 0 };
  let pace = (await deps.sync.keptFor<Pace>(id, PACE)) ?? START_PACE;
  let progress = false;
  for (;;) {
    const person = (await deps.sync.people()).find((each) => each.person === id);
    if (!person) return ok(moved);
    const round = await askOnce(deps, person, pace);
    moved.requests += 1;
    if (round.pace !== pace) await deps.sync.keepFor(id, PACE, round.pace);
    pace = round.pace;
    if (!round.result.ok) {
      if (!progress || !isNetwork(round.result.error)) return round.result;
      progress = false;
      continue;
    }
    const { pushed, pulled, moved: anything, more } = round.result.value;
    moved.pushed += pushed;
    moved.pulled += pulled;
    if (!more && !(await hasUnsent(deps.sync, id))) return ok(moved);
    // The server said `later` to everything, or serves pages that lead nowhere.
    if (!anything) return fail({ code: 'server.unavailable', answering: true, retryAfter: null });
    progress = true;
  }
}

/** Records of the present device alone: what waits under an earlier device id cannot go this way. */
async function hasUnsent(sync: LedgerSync, id: string): Promise<boolean> {
  const person = (await sync.people()).find((each) => each.person === id);
  return person !== undefined && (await sync.listUnsent(person, 1)).records.length > 0;
}

function isNetwork({ code }: TransportFailure): boolean {
  return code === 'network.unreachable' || code === 'network.timeout';
}

interface Round {
  pace: Pace;
  result: Result<Applied & { more: boolean }, TransportFailure>;
}

async function askOnce(deps: PersonSyncDeps, person: Person, pace: Pace): Promise<Round> {
  const cursors = await deps.sync.listCursors(person);
  const outgoing = await composeRequest(deps, person, cursors, pace);
  const reply = await deps.transport.post('/api/sync', outgoing.packet, person.token);
  if (!reply.ok) return { pace: paceAfter(pace, outgoing, reply.error), result: reply };
  const answer = v.safeParse(syncAnswerSchema, reply.value.json);
  if (!answer.success) {
    const error = { code: 'network.portal', answering: true, retryAfter: null } as const;
    return { pace, result: fail(error) };
  }
  const applied = await applyAnswer(deps.sync, person, cursors, answer.output, reply.value);
  const { more } = answer.output;
  const ms = reply.value.receivedAt - reply.value.sentAt;
  const next = afterAnswer(pace, { ms, fullBatch: outgoing.full, fullPage: more });
  // The first complete pull of a fresh store is progress too: from now on it pushes.
  const anything = applied.moved || (person.fresh && !more);
  return { pace: next, result: ok({ ...applied, moved: anything, more }) };
}

/** Only the link and a server that finds the request too large have to do with its size. */
function paceAfter(pace: Pace, { records, packet }: Outgoing, failure: TransportFailure): Pace {
  const { code, answering } = failure;
  if (!isNetwork(failure) && code !== 'request.too-large') return pace;
  return afterFailure(pace, { records, small: packet.bytes.length <= PLAIN_MAX_BYTES, answering });
}
