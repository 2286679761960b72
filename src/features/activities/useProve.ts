import { shallowRef } from 'vue';
import { readBranchNames } from '#data/branch-names.ts';
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import { useLedger } from '#data/use-ledger.ts';
import { foldActivities } from '#domain/activities.ts';
import { HOUSEHOLD_MAX, type ProofBody } from '#domain/bodies/proof.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { civilDay } from '#domain/civil-day.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import { placeOfProof } from './place-of-proof.ts';

/** choose: which branch's meeting it was, only the person knows. elsewhere: nothing was saved. */
export type Step =
  | { is: 'ready' | 'failed' | 'elsewhere' }
  | { is: 'choose'; body: ProofBody; branches: { scope: string; names: Names | undefined }[] }
  | { is: 'saved'; record: string };

/**
 * The verb by which somebody says that their own phone was in the hall. It is said once the record is
 * on the phone, and counts for nothing before the desk has tapped the name.
 */
export function useProve() {
  const ledger = useLedger();
  const clock = useClock();
  const step = shallowRef<Step>({ is: 'ready' });

  async function prove(body: ProofBody): Promise<void> {
    const { grants = [], offset = null } = (await ledger.current()) ?? {};
    const known = await ledger.records({ kind: ['activity', 'activity-change'] });
    const activities = foldActivities(known, grants);
    const today = civilDay(correctedNow(clock, offset));
    const place = placeOfProof(body, { grants, activities, today });
    if (place.is === 'branch') return keep(body, place.scope);
    if (place.is === 'elsewhere') return void (step.value = { is: 'elsewhere' });
    const names = await readBranchNames(ledger, grants);
    const branches = place.scopes.map((scope) => ({ scope, names: names.get(scope) }));
    step.value = { is: 'choose', body, branches };
  }

  async function keep(said: ProofBody, scope: string): Promise<void> {
    const subject = (await ledger.current())?.person ?? null;
    const people = (await ledger.people()).length;
    const body = people > HOUSEHOLD_MAX ? { ...said, people } : said;
    const held = await ledger.records({ kind: 'proof', scope, ...(subject ? { subject } : {}) });
    const before = held.find((one) => isSameScan(one, body));
    if (before) return void (step.value = { is: 'saved', record: before.id });
    const written = await ledger.write({ kind: 'proof', scope, subject, body });
    step.value = written.ok ? { is: 'saved', record: written.value.id } : { is: 'failed' };
  }

  return {
    step,
    prove: oneAtATime(prove),
    keep: oneAtATime(keep),
    again: () => void (step.value = { is: 'ready' }),
  };
}

/** Where somebody came from who is to be led back there: their page of one meeting, or their code. */
export function pageBefore(): string {
  const back = (history.state as { back?: unknown } | null)?.back;
  return typeof back === 'string' && back.startsWith('/activities/') ? back : '/activities/code';
}

/** The same code of the same slot, scanned twice, says nothing new. */
function isSameScan({ state, body }: LedgerRecord, scanned: ProofBody): boolean {
  if (state === 'refused' || scanned.way !== 'code') return false;
  return canonicalJson(body) === canonicalJson(scanned);
}
