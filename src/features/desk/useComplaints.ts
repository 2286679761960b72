import { computed, ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import {
  COMPLAINT_ANSWER_KIND,
  COMPLAINT_KIND,
  foldComplaints,
  type Complaint,
} from '#domain/complaints.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';

type Ledger = ReturnType<typeof useLedger>;

/** What was written to those who run the county, and the verb that says whether it is answered. */
export function useComplaints() {
  const ledger = useLedger();
  const failed = ref(false);
  const held = useLive(() => readComplaints(ledger), null);

  async function answer({ id }: Complaint, done: boolean): Promise<void> {
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
    failed,
    answer: oneAtATime(answer),
  };
}

/** How many are not answered yet. */
export async function countComplaints(ledger: Ledger): Promise<number> {
  const { complaints } = await readComplaints(ledger);
  return complaints.filter(({ done }) => !done).length;
}

async function readComplaints(ledger: Ledger) {
  const grants = (await ledger.current())?.grants ?? [];
  const scope = grants.find(({ role }) => role === 'administrator')?.scope ?? null;
  if (scope === null) return { county: null, complaints: [] };
  const rows = await ledger.records({ kind: [COMPLAINT_KIND, COMPLAINT_ANSWER_KIND], scope });
  return {
    county: scope,
    complaints: foldComplaints(rows.filter(({ state }) => state !== 'refused')),
  };
}
