/**
 * The push half of a sync.
 *
 * Promises: one outcome for each record, in the order given; `ok`, `dup` and `to-confirm` only after
 * the commit that holds the record; a bad record costs only itself; where the database fails in one
 * scope, that scope's records are `later` and the others are stored; while the disk is low, every
 * record that could be stored is `later`, so that the phone keeps it and what is there can be read.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Appended, NewRecord } from '#server/db/append-records.ts';
import { appendRecords } from '#server/db/append-records.ts';
import { restoredAt } from '#server/db/county.ts';
import { inScopes, type Database } from '#server/db/database.ts';
import type { Disk } from '#server/disk.ts';
import type { Clock } from '#lib/clock.ts';
import {
  authorise,
  parseRecord,
  toStored,
  type Judgement,
  type Parsed,
  type Pusher,
} from './judge-record.ts';
import type { Outcome } from './result-runs.ts';
import { findParents, findStored } from './sync.repository.ts';

/** What a stored record changes beside itself (scopes, grants, invitations). */
export interface Projector {
  projects(kind: string): boolean;
  project(record: {
    scope: string;
    kind: string;
    subject: string | null;
    /** Who wrote it and on which device. */
    author: string | null;
    device: string;
    received: number;
    n: number;
    body: Record<string, unknown>;
  }): Promise<void>;
}

export interface PushDeps {
  database: Database;
  clock: Clock;
  projector: Projector;
  disk: Disk;
  /** Told of a database error, which the phone only meets as `later`. */
  onError(error: unknown): void;
}

/** Said with the reason: a phone tells its owner that it is not the signal that is missing. */
const DISK_LOW: Judgement = { code: 'later', reason: 'disk-low' };

/** A record of the right form at its place in the request. */
interface Given {
  place: number;
  parsed: Parsed;
}

/** A record that may be stored. */
interface Pending extends Given {
  record: NewRecord;
}

/** Stores what may be stored; scope after scope, in the order in which they first appear. */
export async function push(
  deps: PushDeps,
  pusher: Pusher,
  raws: readonly unknown[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const groups = new Map<string, Given[]>();
  for (const [place, raw] of raws.entries()) {
    const parsed = parseRecord(raw, pusher);
    if (!parsed.ok) outcomes[place] = refused(raw, parsed.error);
    else {
      const { scope } = parsed.value;
      const group = groups.get(scope) ?? [];
      groups.set(scope, group);
      group.push({ place, parsed: parsed.value });
    }
  }
  const low = groups.size > 0 && (await deps.disk.isLow());
  for (const [scope, given] of groups) {
    if (low) {
      for (const { place, parsed } of given) outcomes[place] = refused(parsed, DISK_LOW);
      continue;
    }
    try {
      await pushScope(deps, pusher, { scope, given }, outcomes);
    } catch (error) {
      deps.onError(error);
      for (const { place, parsed } of given) outcomes[place] = refused(parsed, { code: 'later' });
    }
  }
  return outcomes;
}

async function pushScope(
  deps: PushDeps,
  pusher: Pusher,
  { scope, given }: { scope: string; given: readonly Given[] },
  outcomes: Outcome[],
): Promise<void> {
  const parents = await findParents(deps.database.db, scope);
  // The scope may be missing because an earlier record of this request could not be stored yet.
  const waits = parents === null && outcomes.some((outcome) => outcome?.code === 'later');
  const received = deps.clock.now();
  const pending: Pending[] = [];
  const forbidden: Pending[] = [];
  for (const { place, parsed } of given) {
    const judgement: Judgement | null = waits
      ? { code: 'later' }
      : authorise(parsed, pusher, parents ?? []);
    const refusal = patiently(judgement, pusher.epoch, received);
    const stored = toStored(parsed, pusher, received);
    if (refusal) outcomes[place] = refused(parsed, refusal);
    else if (!stored.ok) outcomes[place] = refused(parsed, stored.error);
    if (!stored.ok) continue;
    const record = { place, parsed, record: stored.value };
    if (!judgement) pending.push(record);
    else if (judgement.code === 'forbidden') forbidden.push(record);
  }
  if (forbidden.length > 0) await acknowledgeStored(deps, scope, forbidden, outcomes);
  if (pending.length > 0) await store(deps, scope, pending, outcomes);
}

/**
 * For two weeks after a restore nobody is refused for want of a role or a place: the record that gave
 * it may still be on an administrator's phone, and what a phone was refused it does not send again.
 */
const RESTORE_PATIENCE_MS = 14 * 86_400_000;

function patiently(refusal: Judgement | null, epoch: string, now: number): Judgement | null {
  const restored = restoredAt(epoch);
  const recent = restored !== null && now - restored < RESTORE_PATIENCE_MS;
  return recent && refusal?.code === 'forbidden' ? { code: 'later' } : refusal;
}

/** What was stored while its author still might write it stays stored: only the receipt was lost. */
async function acknowledgeStored(
  { database }: PushDeps,
  scope: string,
  forbidden: readonly Pending[],
  outcomes: Outcome[],
): Promise<void> {
  const ids = forbidden.map(({ record }) => record.id);
  const stored = await inScopes(database, [scope], (tx) => findStored(tx, scope, ids));
  const places = new Map(stored.map((row) => [keyOf(row), row]));
  for (const { place, parsed, record } of forbidden) {
    const { n, tag } = places.get(keyOf(record)) ?? {};
    if (n !== undefined && tag) outcomes[place] = { seq: parsed.seq, scope, code: 'dup', n, tag };
  }
}

async function store(
  deps: PushDeps,
  scope: string,
  pending: readonly Pending[],
  outcomes: Outcome[],
): Promise<void> {
  const unique = new Map<string, NewRecord>();
  for (const { record } of pending) {
    if (!unique.has(keyOf(record))) unique.set(keyOf(record), record);
  }
  const appended = await inScopes(deps.database, [scope], (tx) =>
    appendRecords(tx, scope, [...unique.values()]),
  );
  const results = new Map([...unique.keys()].map((key, i) => [key, appended[i]]));
  for (const { place, parsed, record } of pending) {
    const result = results.get(keyOf(record));
    if (!result) continue;
    const body = 'body' in parsed && typeof parsed.body === 'object' ? parsed.body : {};
    const seq = parsed.seq;
    outcomes[place] = (await projected(deps, scope, { ...record, body }, result))
      ? { seq, scope, code: result.result, n: result.n, tag: result.tag }
      : { seq, scope, code: 'later' };
  }
}

/** False where the record is stored but what it means could not be written: the phone asks again. */
async function projected(
  deps: PushDeps,
  scope: string,
  record: Pick<NewRecord, 'kind' | 'subject' | 'author' | 'device' | 'received'> & {
    body: Record<string, unknown>;
  },
  { n, result }: Appended,
): Promise<boolean> {
  if (result === 'to-confirm' || !deps.projector.projects(record.kind)) return true;
  const { kind, subject, author, device, received, body } = record;
  try {
    const at = received ?? deps.clock.now();
    await deps.projector.project({ scope, kind, subject, author, device, received: at, n, body });
    return true;
  } catch (error) {
    deps.onError(error);
    return false;
  }
}

function keyOf({ id, hash }: Pick<NewRecord, 'id' | 'hash'>): string {
  return `${id} ${bytesToHex(hash)}`;
}

function refused(raw: unknown, { code, reason }: Judgement): Outcome {
  const { seq, scope } = (raw ?? {}) as { seq?: unknown; scope?: unknown };
  return {
    seq: Number.isSafeInteger(seq) && (seq as number) > 0 ? (seq as number) : 0,
    scope: typeof scope === 'string' ? scope : '',
    code,
    ...(reason !== undefined && { reason }),
  };
}
