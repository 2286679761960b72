/**
 * One person's records and views brought in step with the server: requests follow each other while
 * either side has more. Promises: every request that got an answer is kept even when the next one
 * fails; a failure after progress is tried again at once with half, a second one ends the run; a
 * record that the server puts off (`later`) holds up none behind it; with the token's end the branch's
 * rows leave the phone, and what is the person's own or has no receipt stays.
 */
import * as v from 'valibot';
import type { LedgerSync } from '#data/ledger/ledger-sync.ts';
import type { Person } from '#data/ledger/person.ts';
import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { inFull } from '#protocol/brief.ts';
import { syncAnswerSchema } from '#protocol/sync.ts';
import { afterAnswer, afterFailure, START_PACE, type Pace } from './batch-size.ts';
import { applyAnswer, type Applied } from './pull.ts';
import { composeRequest, type Outgoing } from './push.ts';
import { keyGiven, withKey } from './new-key.ts';
import { PLAIN_MAX_BYTES } from './pack.ts';
import { isToRenew, noteChain, renewDevice } from './renewing.ts';
import type { Transport, TransportFailure } from './transport.port.ts';

export interface PersonSyncDeps {
  sync: LedgerSync;
  transport: Transport;
  subtle: SubtleCrypto | undefined;
  /** For a new device id after a fork; without them the old one stays. */
  clock?: Clock | undefined;
  random?: Random | undefined;
}

export interface Moved {
  pushed: number;
  pulled: number;
  requests: number;
}

/** Name under which the pace is kept for each person. */
const PACE = 'sync.pace';

/** A history that changes this often within one run leads nowhere. */
const RESTARTS_MAX = 4;

const NOT_NOW: TransportFailure = {
  code: 'server.unavailable',
  answering: true,
  retryAfter: null,
};

/** A server without room takes nothing for hours: its owner is told that, and not to look for a signal. */
const DISK_LOW: TransportFailure = { ...NOT_NOW, code: 'server.disk-low' };

/** How far a run has come: what was answered `later` is passed over, so that it holds up nobody. */
interface Sweep {
  device: string;
  /** Records up to this seq had an answer in this run. */
  upTo: number;
  restarts: number;
  /** The token is over: what is left is handed in without asking for anything first. */
  handsIn: boolean;
}

/** Runs until nothing is left on either side, or says why it stopped. */
export async function syncPerson(
  deps: PersonSyncDeps,
  id: string,
): Promise<Result<Moved, TransportFailure>> {
  const moved: Moved = { pushed: 0, pulled: 0, requests: 0 };
  const sweep: Sweep = { device: '', upTo: 0, restarts: 0, handsIn: false };
  let pace = (await deps.sync.keptFor<Pace>(id, PACE)) ?? START_PACE;
  let progress = false;
  for (;;) {
    const found = await personOf(deps.sync, id);
    if (!found) return ok(moved);
    if (await renewed(deps, found)) continue;
    const person = sweep.handsIn ? { ...found, fresh: false } : found;
    if (person.device !== sweep.device)
      Object.assign(sweep, { device: person.device, upTo: 0, handsIn: false });
    const round = await askOnce(deps, person, pace, sweep.upTo);
    moved.requests += 1;
    if (round.pace !== pace) await deps.sync.keepFor(id, PACE, round.pace);
    pace = round.pace;
    if (!round.result.ok) {
      const { code } = round.result.error;
      if (code === 'session.revoked' && !round.records && !sweep.handsIn) {
        sweep.handsIn = true;
        if (await hasUnsent(deps.sync, person)) continue;
      }
      if (code === 'session.revoked') await ended(deps.sync, found);
      if (!progress || !isNetwork(round.result.error)) return round.result;
      progress = false;
      continue;
    }
    const answered = round.result.value;
    moved.pushed += answered.pushed;
    moved.pulled += answered.pulled;
    if (!answered.more && !(await hasUnsent(deps.sync, person, answered.upTo))) {
      // What was passed over; before the first answer there is nothing of the kind.
      if (answered.upTo > 0 && (await hasUnsent(deps.sync, person))) return fail(answered.putOff);
      // Handed in, and over: the screen says so now, not after the next look for news.
      if (sweep.handsIn) return ended(deps.sync, found);
      if (!answered.forked || !(await renewed(deps, found))) return ok(moved);
    }
    progress = answered.moved || answered.upTo > sweep.upTo;
    // The server serves pages that lead nowhere, or changes its mind again and again.
    if (!progress || sweep.restarts > RESTARTS_MAX) return fail(NOT_NOW);
    sweep.restarts += answered.restarted || answered.regranted ? 1 : 0;
    sweep.upTo = answered.restarted ? 0 : answered.upTo;
  }
}

/** Whoever has this phone now reads nothing more of the branch. */
async function ended(sync: LedgerSync, person: Person): Promise<Result<never, TransportFailure>> {
  await sync.applyGrants(person, []);
  return fail({ code: 'session.revoked', answering: true, retryAfter: null });
}

/** After a fork the device goes on under another id, once nothing waits under the old one. */
async function renewed(deps: PersonSyncDeps, person: Person): Promise<boolean> {
  const { sync, clock, random } = deps;
  if (!clock || !random || !(await isToRenew(sync, person))) return false;
  if ((await sync.listUnsent(person, 1)).records.length > 0) return false;
  return renewDevice({ ...deps, clock, random }, person);
}

async function personOf(sync: LedgerSync, id: string): Promise<Person | undefined> {
  return (await sync.people()).find((each) => each.person === id);
}

/** Records of the present device alone: what waits under an earlier device id cannot go this way. */
async function hasUnsent(sync: LedgerSync, person: Person, after = 0): Promise<boolean> {
  return (await sync.listUnsent(person, 1, after)).records.length > 0;
}

function isNetwork({ code }: TransportFailure): boolean {
  return code === 'network.unreachable' || code === 'network.timeout';
}

interface Round {
  pace: Pace;
  /** How many the request carried. */
  records: number;
  /** `upTo`: the records up to this seq had an answer in this run. `forked`: the device is to renew. */
  result: Result<
    Applied & { upTo: number; forked: boolean; putOff: TransportFailure },
    TransportFailure
  >;
}

async function askOnce(
  deps: PersonSyncDeps,
  person: Person,
  pace: Pace,
  after: number,
): Promise<Round> {
  const cursors = await deps.sync.listCursors(person);
  const signer = await withKey(deps, person);
  const outgoing = await composeRequest(deps, signer, cursors, pace, after);
  const { records } = outgoing;
  const reply = await deps.transport.post('/api/sync', outgoing.packet, person.token);
  if (!reply.ok) return { pace: paceAfter(pace, outgoing, reply.error), records, result: reply };
  const answer = v.safeParse(syncAnswerSchema, reply.value.json, { abortEarly: true });
  if (!answer.success) {
    const error = { code: 'network.portal', answering: true, retryAfter: null } as const;
    return { pace, records, result: fail(error) };
  }
  await keyGiven(deps.sync, signer);
  const told = inFull(answer.output, person);
  const forked = await noteChain(deps.sync, person, told);
  const applied = await applyAnswer(deps.sync, person, cursors, told, reply.value);
  const ms = reply.value.receivedAt - reply.value.sentAt;
  const { more } = told;
  const next = afterAnswer(pace, { ms, fullBatch: outgoing.full, fullPage: more });
  const upTo = Math.max(after, outgoing.upTo);
  // The first complete pull of a fresh store is progress too: from now on it pushes.
  const anything = applied.moved || (person.fresh && !more);
  const isLow = told.results.some(({ reason }) => reason === 'disk-low');
  const putOff = isLow ? DISK_LOW : NOT_NOW;
  return { pace: next, records, result: ok({ ...applied, moved: anything, upTo, forked, putOff }) };
}

/** Only the link and a server that finds the request too large have to do with its size. */
function paceAfter(pace: Pace, { records, packet }: Outgoing, failure: TransportFailure): Pace {
  const { code, answering } = failure;
  if (!isNetwork(failure) && code !== 'request.too-large') return pace;
  return afterFailure(pace, { records, small: packet.bytes.length <= PLAIN_MAX_BYTES, answering });
}
