/**
 * The push half of a sync.
 *
 * Promises: one outcome for each record, in the order given; `ok`, `dup` and `to-confirm` only after
 * the commit that holds the record; a bad record costs only itself; where the database fails in one
 * scope, that scope's records are `later` and the others are stored.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Appended, NewRecord } from '#server/db/append-records.ts';
import { appendRecords } from '#server/db/append-records.ts';
import { inScopes, type Database } from '#server/db/database.ts';
import type { Clock } from '#lib/clock.ts';
import { authorise, parseRecord, toStored, type Judgement, type Pusher } from './judge-record.ts';
import type { Outcome } from './result-runs.ts';
import { findParents } from './sync.repository.ts';

/** What a stored record changes beside itself (scopes, grants, invitations). */
export interface Projector {
  projects(kind: string): boolean;
  project(record: {
    scope: string;
    kind: string;
    subject: string | null;
    received: number;
    n: number;
    body: Record<string, unknown>;
  }): Promise<void>;
}

export interface PushDeps {
  database: Database;
  clock: Clock;
  projector: Projector;
  /** Told of a database error, which the phone only meets as `later`. */
  onError(error: unknown): void;
}

interface Pending {
  /** Place in the request. */
  place: number;
  seq: number;
  record: NewRecord;
  body: Record<string, unknown>;
}

/** Stores what may be stored; scope after scope, in the order in which they first appear. */
export async function push(
  deps: PushDeps,
  pusher: Pusher,
  raws: readonly unknown[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const groups = new Map<string, number[]>();
  raws.forEach((raw, place) => {
    const parsed = parseRecord(raw, pusher);
    if (!parsed.ok) outcomes[place] = refused(raw, parsed.error);
    else groups.set(parsed.value.scope, [...(groups.get(parsed.value.scope) ?? []), place]);
  });
  for (const [scope, places] of groups) {
    const laterBefore = outcomes.some((outcome) => outcome?.code === 'later');
    const results = await pushScope(deps, pusher, { scope, raws, places, laterBefore });
    places.forEach((place, i) => {
      const outcome = results[i];
      if (outcome) outcomes[place] = outcome;
    });
  }
  return outcomes;
}

interface ScopePush {
  scope: string;
  raws: readonly unknown[];
  places: readonly number[];
  /** An earlier scope of this request could not be stored: a scope that it makes may be missing. */
  laterBefore: boolean;
}

async function pushScope(deps: PushDeps, pusher: Pusher, given: ScopePush): Promise<Outcome[]> {
  const { scope, raws, places, laterBefore } = given;
  const later = () => places.map((place) => refused(raws[place], { code: 'later' }));
  try {
    const parents = await findParents(deps.database.db, scope);
    if (parents === null && laterBefore) return later();
    const received = deps.clock.now();
    const outcomes: Outcome[] = [];
    const pending: Pending[] = [];
    places.forEach((place, i) => {
      const judged = judge(raws[place], pusher, parents ?? [], received);
      if (judged.ok) pending.push({ place: i, ...judged.value });
      else outcomes[i] = refused(raws[place], judged.error);
    });
    if (pending.length > 0) await store(deps, scope, pending, outcomes);
    return outcomes;
  } catch (error) {
    deps.onError(error);
    return later();
  }
}

function judge(raw: unknown, pusher: Pusher, parents: readonly string[], received: number) {
  const parsed = parseRecord(raw, pusher);
  if (!parsed.ok) return parsed;
  const refusal = authorise(parsed.value, pusher, parents);
  if (refusal) return { ok: false as const, error: refusal };
  const stored = toStored(parsed.value, pusher, received);
  if (!stored.ok) return stored;
  const body = typeof parsed.value.body === 'string' ? {} : parsed.value.body;
  return { ok: true as const, value: { seq: parsed.value.seq, record: stored.value, body } };
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
  for (const { place, seq, record, body } of pending) {
    const result = results.get(keyOf(record));
    if (!result) continue;
    outcomes[place] = (await projected(deps, scope, record, body, result))
      ? { seq, scope, code: result.result, n: result.n, tag: result.tag }
      : { seq, scope, code: 'later' };
  }
}

/** False where the record is stored but what it means could not be written: the phone asks again. */
async function projected(
  deps: PushDeps,
  scope: string,
  record: NewRecord,
  body: Record<string, unknown>,
  { n, result }: Appended,
): Promise<boolean> {
  if (result === 'to-confirm' || !deps.projector.projects(record.kind)) return true;
  const { kind, subject, received } = record;
  try {
    const at = received ?? deps.clock.now();
    await deps.projector.project({ scope, kind, subject, received: at, n, body });
    return true;
  } catch (error) {
    deps.onError(error);
    return false;
  }
}

function keyOf({ id, hash }: NewRecord): string {
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
