/**
 * The push half of a sync.
 *
 * Promises: one outcome for each record, in the order given; `ok`, `dup` and `to-confirm` only after
 * the commit that holds the record; a bad record costs only itself; where the database fails in one
 * scope, that scope's records are `later` and the others are stored; while the disk is low, every
 * record that could be stored is `later`, so that the phone keeps it and what is there can be read;
 * what comes under a role that is over is kept and waits for a person.
 */
import { civilDay } from '#domain/civil-day.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import type { RefusalReason } from '#domain/refusal-reasons.ts';
import type { Grant } from '#domain/roles.ts';
import { restoredAt } from '#server/db/county.ts';
import type { WholeSeal } from './verify-seal.ts';
import { noteChain } from './chain.usecases.ts';
import { beyondDeviceRights } from './device-rights.ts';
import { authorise, type Judgement } from './judge-record.ts';
import { underPastRoles } from './past-roles.ts';
import { unreported } from './report-rights.ts';
import { beyondOwnPeople } from './role-rights.ts';
import { readRecords, type Given, type Read } from './read-records.ts';
import type { Outcome } from './result-runs.ts';
import { partsOf, type Source } from './sources.ts';
import {
  acknowledgeStored,
  putOff,
  refused,
  store,
  type PushDeps,
  type Standing,
} from './store-records.ts';
import { findParents } from './sync.repository.ts';

/** What became of a push. */
export interface Pushed {
  /** In the order of the records. */
  outcomes: Outcome[];
  /** Up to where the sender's chain is verified; null where nothing was noted. */
  sealedTo: number | null;
  /** The sender's token is over and has handed in all that it may: nothing was stored. */
  over: boolean;
}

/** Stores what may be stored; scope after scope, in the order in which they first appear. */
export async function push(
  deps: PushDeps,
  sender: Source,
  { records, seals }: { records: readonly unknown[]; seals: readonly WholeSeal[] },
): Promise<Pushed> {
  const result: Pushed = { outcomes: [], sealedTo: null, over: false };
  const { outcomes } = result;
  const groups = new Map<string, Standing[]>();
  const low = records.length > 0 && (await deps.disk.isLow());
  for (const { source, raws } of await partsOf(deps, sender, records)) {
    const read = readRecords(raws, source, deps.clock.now());
    for (const refusal of read.refused) outcomes[refusal.place] = refused(refusal);
    const chain = low ? null : await chainOf(deps, source, read.links, seals);
    if (chain && !source.carrier)
      Object.assign(result, { sealedTo: chain.sealedTo, over: chain.over });
    for (const given of read.given) {
      const waits = chain?.over ? BEYOND : chain ? null : low ? DISK_LOW : LATER;
      if (waits) outcomes[given.place] = refused({ ...given, raw: given.parsed, judgement: waits });
      else if (chain) gather(groups, { ...given, confirm: confirmOf(given, chain) });
    }
  }
  for (const [scope, given] of groups) {
    try {
      await pushScope(deps, { scope, given }, outcomes);
    } catch (error) {
      deps.onError(error);
      for (const one of given) outcomes[one.place] = putOff(one);
    }
  }
  return result;
}

const LATER: Judgement = { code: 'later' };
/** Said with the reason: a phone tells its owner that it is not the signal that is missing. */
const DISK_LOW: Judgement = { code: 'later', reason: 'disk-low' };
const BEYOND: Judgement = { code: 'forbidden', reason: 'device' };
const NOT_THEIRS: Judgement = { code: 'forbidden', reason: 'writer' };

const notSaid = (reason: RefusalReason | undefined): Judgement | null =>
  reason ? { code: 'forbidden', reason } : null;

/** Before anything is stored; null where the database fails. */
async function chainOf(
  deps: PushDeps,
  source: Source,
  links: Read['links'],
  seals: readonly WholeSeal[],
) {
  const carried = source.carrier !== null;
  return noteChain(deps.database, source, { links, seals, carried }).catch((error: unknown) => {
    deps.onError(error);
    return null;
  });
}

/** A self record needs nobody's confirmation; only its device must hear of a fork. */
function confirmOf({ record }: Given, chain: Awaited<ReturnType<typeof noteChain>>) {
  const confirm = chain.confirmOf(record);
  return record.kind === SELF_KIND && confirm !== 'fork' ? null : confirm;
}

function gather(groups: Map<string, Standing[]>, given: Standing): void {
  const { scope } = given.parsed;
  const group = groups.get(scope) ?? [];
  groups.set(scope, group);
  group.push(given);
}

/** Above a scope that does not exist: it is not taken for the county, above which there is nothing. */
const NOWHERE = ['nowhere'];

async function pushScope(
  deps: PushDeps,
  { scope, given }: { scope: string; given: readonly Standing[] },
  outcomes: Outcome[],
): Promise<void> {
  const parents = await findParents(deps.database.db, scope);
  // The scope may be missing because an earlier record of this request could not be stored yet.
  const waits = parents === null && outcomes.some((outcome) => outcome?.code === 'later');
  const pending: Standing[] = [];
  const forbidden: Standing[] = [];
  const late: Standing[] = [];
  const grantsNow = grantsAlong(civilDay(deps.clock.now()));
  const beyond = await beyondDeviceRights(deps, { scope, parents: parents ?? [] }, given);
  const unsaid = await unreported(deps.database, scope, given);
  const others = await beyondOwnPeople(deps, { scope, parents: parents ?? [] }, given);
  for (const one of given) {
    const source = { ...one.source, grants: grantsNow(one) };
    const allowed = authorise(one.parsed, source, parents ?? NOWHERE) ?? notSaid(unsaid.get(one));
    const may = beyond.has(one) || others.has(one) ? NOT_THEIRS : allowed;
    const judgement = waits ? LATER : may;
    const patient = patiently(judgement, one.source.epoch, deps.clock.now());
    const refusal = others.get(one) === 'coming' ? LATER : patient;
    if (refusal) outcomes[one.place] = refused({ ...one, raw: one.parsed, judgement: refusal });
    if (!judgement) pending.push(one);
    else if (judgement.code === 'forbidden') forbidden.push(one);
    if (refusal?.reason === 'writer') late.push(one);
  }
  if (late.length > 0) {
    pending.push(...(await underPastRoles(deps, { scope, parents: parents ?? [] }, late)));
    pending.sort((a, b) => a.place - b.place);
  }
  if (forbidden.length > 0) await acknowledgeStored(deps, scope, forbidden, outcomes);
  if (pending.length > 0) await store(deps, scope, pending, outcomes);
}

/**
 * The roles of each record's author as its own batch leaves them: what is written behind the end of
 * the own role is judged without it, wherever a batch is cut.
 */
function grantsAlong(today: string): (given: Given) => readonly Grant[] {
  const over = new Set<string>();
  return ({ record, parsed, source }) => {
    const { person } = source;
    const left = source.grants.filter(({ scope, role }) => !over.has(`${person} ${scope} ${role}`));
    const { kind, subject } = record;
    if (kind === 'role' && subject === person && 'body' in parsed) {
      const { role, to } = parsed.body as { role?: unknown; to?: unknown };
      if (typeof to === 'string' && to <= today)
        over.add(`${person} ${parsed.scope} ${String(role)}`);
    }
    return left;
  };
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
