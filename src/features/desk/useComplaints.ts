import { computed, ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { COMPLAINT_ANSWER_KIND, COMPLAINT_KIND, foldComplaints } from '#domain/complaints.ts';
import { foldObjectionsAbove, OBJECTION_ABOVE_KIND } from '#domain/objections.ts';
import { inOrder, readable } from '#domain/fold.ts';
import type { BranchBody } from '#domain/bodies/organisation.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';

type Ledger = ReturnType<typeof useLedger>;

/** What was written to those who run the county, and the verb that says whether it is answered. */
export function useComplaints() {
  const ledger = useLedger();
  const failed = ref(false);
  const held = useLive(() => readComplaints(ledger), null);

  async function answer({ id }: { id: string }, done: boolean): Promise<void> {
    const { county } = held.value ?? {};
    if (!county) return;
    const body = { complaint: id, done };
    const written = await ledger.write({ kind: COMPLAINT_ANSWER_KIND, scope: county, body });
    failed.value = !written.ok;
  }

  return {
    loaded: computed(() => held.value !== null),
    administers: computed(() => (held.value?.county ?? null) !== null),
    complaints: computed(() => [...(held.value?.complaints ?? [])].reverse()),
    /** What people say of their line in a roll, past their branch. */
    objections: computed(() => [...(held.value?.objections ?? [])].reverse()),
    branches: computed(() => held.value?.branches ?? new Map<string, BranchBody['names']>()),
    failed,
    answer: oneAtATime(answer),
  };
}

/** How many are not answered yet. */
export async function countComplaints(ledger: Ledger): Promise<number> {
  const { complaints, objections } = await readComplaints(ledger);
  return [...complaints, ...objections].filter(({ done }) => !done).length;
}

const KINDS = [COMPLAINT_KIND, COMPLAINT_ANSWER_KIND, OBJECTION_ABOVE_KIND, 'branch'];

async function readComplaints(ledger: Ledger) {
  const grants = (await ledger.current())?.grants ?? [];
  const county = grants.find(({ role }) => role === 'administrator')?.scope ?? null;
  const read = county === null ? [] : await ledger.records({ kind: KINDS, scope: county });
  const rows = inOrder(readable(read.filter(({ state }) => state !== 'refused')));
  const places = rows.filter(({ kind }) => kind === 'branch').map(({ body }) => body as BranchBody);
  return {
    county,
    complaints: foldComplaints(rows),
    objections: foldObjectionsAbove(rows),
    branches: new Map(places.map(({ branch, names }) => [branch, names])),
  };
}
