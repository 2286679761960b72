/**
 * Records that were judged, into one scope. Promises: a receipt only after the commit; what was
 * stored before is answered as the first time, with why it waits for a person if it does; what a
 * waiting record would change beside itself is left undone; what records change beside themselves
 * comes to be in their order.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { appendRecords, type Appended, type NewRecord } from '#server/db/append-records.ts';
import { inScopes, type Database, type Tx } from '#server/db/database.ts';
import type { Disk } from '#server/disk.ts';
import type { Clock } from '#lib/clock.ts';
import type { Judgement } from './judge-record.ts';
import type { Given, Refused } from './read-records.ts';
import type { Outcome } from './result-runs.ts';
import { findStored, findWaiting, keepCarried, type Brought } from './sync.repository.ts';

/** What a stored record changes beside itself (scopes, grants, invitations). */
export interface Projector {
  /** Marks every device whose time was over by `now` (server time, ms) as ended. */
  endOverdue(now: number): Promise<void>;
  projects(kind: string): boolean;
  /**
   * Stores records by `append`, in one transaction with taking what there is one of (the code of a
   * second membership). Those that came too late for it are not stored, and not in the answer.
   */
  store(
    scope: string,
    records: readonly NewRecord[],
    append: (tx: Tx, records: readonly NewRecord[]) => Promise<Appended[]>,
  ): Promise<Map<NewRecord, Appended>>;
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

/** A record that is judged, with why it waits for a person if it does. */
export type Standing = Given & { confirm: string | null };

/**
 * What was stored while its author still might write it stays stored: only the receipt was lost, and
 * perhaps what it means was not written yet.
 */
export async function acknowledgeStored(
  deps: PushDeps,
  scope: string,
  forbidden: readonly Standing[],
  outcomes: Outcome[],
): Promise<void> {
  const ids = forbidden.map(({ record }) => record.id);
  const stored = await inScopes(deps.database, [scope], (tx) => findStored(tx, scope, ids));
  const places = new Map(stored.map((row) => [keyOf(row), row]));
  for (const one of forbidden) {
    const { n, tag, confirm } = places.get(keyOf(one.record)) ?? {};
    if (n === undefined || !tag) continue;
    const done = await projected(deps, scope, one, { n, reason: confirm ?? null });
    outcomes[one.place] = done ? { ...outcomeOf(one), code: 'dup', n, tag } : putOff(one);
  }
}

/** Stores them and tells each its receipt. */
export async function store(
  deps: PushDeps,
  scope: string,
  pending: readonly Standing[],
  outcomes: Outcome[],
): Promise<void> {
  const unique = new Map<string, NewRecord>();
  for (const { record, confirm } of pending) {
    if (!unique.has(keyOf(record))) unique.set(keyOf(record), { ...record, confirm });
  }
  const stored = await deps.projector.store(scope, [...unique.values()], (tx, records) =>
    appendRecords(tx, scope, records),
  );
  const results = new Map([...unique].map(([key, record]) => [key, stored.get(record)]));
  const waiting = await waitingAmong(deps, scope, [...stored.values()]);
  let goesOn = true;
  for (const one of pending) {
    const result = results.get(keyOf(one.record));
    if (!result) {
      outcomes[one.place] = refused({ ...one, raw: one.parsed, judgement: TAKEN });
      continue;
    }
    const reason = reasonOf(one, result, waiting);
    // In their order or not at all: a role's end must not come to be before what it follows.
    const waits: boolean = !goesOn && deps.projector.projects(one.record.kind);
    const done: boolean = !waits && (await projected(deps, scope, one, { ...result, reason }));
    goesOn &&= done;
    const receipt = { n: result.n, tag: result.tag };
    const code = reason === null ? result.result : 'to-confirm';
    outcomes[one.place] = done
      ? { ...outcomeOf(one), code, ...receipt, ...(reason !== null && { reason }) }
      : putOff(one);
  }
  await noteCarried(deps, scope, pending, results);
}

/** Another branch had sent the same code, a moment before. */
const TAKEN: Judgement = { code: 'forbidden', reason: 'report-code' };

/** What was stored before and waits: a repeated record is answered as the first time. */
async function waitingAmong({ database }: PushDeps, scope: string, appended: readonly Appended[]) {
  const numbers = appended.filter(({ result }) => result === 'dup').map(({ n }) => n);
  if (numbers.length === 0) return new Map<number, string>();
  return inScopes(database, [scope], (tx) => findWaiting(tx, scope, numbers));
}

function reasonOf(
  { confirm }: Standing,
  { result, n }: Appended,
  waiting: ReadonlyMap<number, string>,
): string | null {
  if (result === 'dup') return waiting.get(n) ?? null;
  return confirm ?? (result === 'to-confirm' ? 'same-id' : null);
}

/** Who else brought it, once each. */
async function noteCarried(
  { database }: PushDeps,
  scope: string,
  pending: readonly Standing[],
  results: ReadonlyMap<string, Appended | undefined>,
): Promise<void> {
  const brought = pending
    .map(({ record, source: { device, carrier } }): Brought => {
      const again = results.get(keyOf(record))?.result === 'dup';
      return { id: record.id, hash: record.hash, device, by: carrier?.device ?? device, again };
    })
    .filter(({ device, by, again }) => again || device !== by);
  if (brought.length > 0)
    await inScopes(database, [scope], (tx) => keepCarried(tx, scope, brought));
}

/** False where the record is stored but what it means could not be written: the phone asks again. */
async function projected(
  deps: PushDeps,
  scope: string,
  { record, parsed }: Given,
  { n, reason }: { n: number; reason: string | null },
): Promise<boolean> {
  // What only lacks a seal came with its own device's token, which may do all this by itself.
  const waits = reason !== null && reason !== 'unsealed';
  if (waits || !deps.projector.projects(record.kind)) return true;
  const { kind, subject, author, device, received } = record;
  const body = 'body' in parsed && typeof parsed.body === 'object' ? parsed.body : {};
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

/** Whose outcome it is: device is named where it is another than the sender's. */
function outcomeOf({ parsed, source }: Given): Pick<Outcome, 'seq' | 'scope' | 'device'> {
  const { seq, scope } = parsed;
  return { seq, scope, ...(source.carrier && { device: source.device }) };
}

/** Not now. */
export function putOff(given: Given): Outcome {
  return { ...outcomeOf(given), code: 'later' };
}

/** Why it is not stored, at its place. */
export function refused({ raw, judgement, source }: Omit<Refused, 'place'>): Outcome {
  const { code, reason } = judgement;
  const { seq, scope } = (raw ?? {}) as { seq?: unknown; scope?: unknown };
  return {
    seq: Number.isSafeInteger(seq) && (seq as number) > 0 ? (seq as number) : 0,
    scope: typeof scope === 'string' ? scope : '',
    code,
    ...(source.carrier && { device: source.device }),
    ...(reason !== undefined && { reason }),
  };
}
