import { computed, ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { RequestBody } from '#domain/bodies/requests.ts';
import { foldRequests, REQUEST_KIND } from '#domain/requests.ts';
import { isInBranch, isOfBranch } from '#domain/roles.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { correctionOf, type CorrectionFault, type CorrectionForm } from './request-form.ts';

/** Asking the desk to put right or to erase what it keeps of this person; works with no network. */
export function useRequest() {
  const ledger = useLedger();
  const fault = ref<CorrectionFault | null>(null);
  const failed = ref<string | null>(null);
  const saved = ref(false);
  const held = useLive(async () => {
    const person = await ledger.current();
    const subject = person?.person ?? '';
    const kind = ['request', 'answer', 'check-in', 'activity', 'member'];
    const rows = await ledger.records({ kind });
    const own = rows.filter((row) => row.subject === subject || row.kind === 'activity');
    return { person, rows: own.filter(({ state }) => state !== 'refused') };
  }, null);
  const rows = computed(() => held.value?.rows ?? []);
  /** The branches that keep something of this person, their own first: each has a desk of its own to ask. */
  const scopes = computed(() => {
    const grants = held.value?.person?.grants ?? [];
    const own = grants.filter(({ role }) => isOfBranch(role));
    const inBranch = grants.filter(({ role }) => isInBranch(role));
    return [...new Set([...own, ...inBranch].map(({ scope }) => scope))];
  });

  async function ask(body: RequestBody, where: readonly string[]): Promise<void> {
    const subject = held.value?.person?.person ?? null;
    const drafts = where.map((scope) => ({ kind: REQUEST_KIND, scope, subject, body }));
    const written = await ledger.writeAll(drafts);
    failed.value = written.ok ? null : written.error;
    saved.value = written.ok;
  }

  /** To the desk that wrote the chosen record; where none was chosen, to the first. */
  async function askCorrection(form: CorrectionForm): Promise<void> {
    const body = correctionOf(form);
    fault.value = body.ok ? null : body.error;
    const chosen = rows.value.find(({ id }) => id === form.record)?.scope;
    if (body.ok) await ask(body.value, [chosen ?? scopes.value[0] ?? ''].filter(Boolean));
  }

  return {
    loaded: computed(() => held.value !== null),
    person: computed(() => held.value?.person ?? null),
    inBranch: computed(() => scopes.value.length > 0),
    rows,
    /** An erasure was asked for and is not done yet. */
    asksErasure: computed(() =>
      foldRequests(rows.value).some(({ of, done }) => of === 'erasure' && done === null),
    ),
    fault,
    failed,
    saved,
    askCorrection: oneAtATime(askCorrection),
    askErasure: oneAtATime(() => ask({ of: 'erasure' }, scopes.value)),
  };
}
