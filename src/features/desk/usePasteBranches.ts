import { computed, ref, shallowRef, watch } from 'vue';
import { useIds } from '#data/use-ids.ts';
import { useLedger } from '#data/use-ledger.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useScript } from '#ui/use-script.ts';
import type { BranchKind } from '#domain/branches.ts';
import { parseBranches, type PastedBranch } from './parse-branches.ts';
import type * as planBranchesModule from './plan-branches.ts';
import type { BranchPlan } from './plan-branches.ts';
import { useDesk } from './useDesk.ts';
import { useDraft } from './useDraft.ts';

type Planning = typeof planBranchesModule;

const NOTHING: BranchPlan = { adding: [], existing: [], repeated: [], wrong: [] };

/** The pasted branches: what they would add beside those that are there, and adding them in one go. */
export function usePasteBranches() {
  const ledger = useLedger();
  const ids = useIds();
  const { script } = useScript();
  const { desk } = useDesk();
  const { text, keepNow } = useDraft('desk.paste-branches');
  const added = ref<number | null>(null);
  const failed = ref(false);
  /** It compares in both scripts, and so brings a dictionary: after the page is there. */
  const planning = shallowRef<Planning | null>(null);
  void import('./plan-branches.ts').then((fetched) => (planning.value = fetched));

  /** The kinds that somebody put right in the preview, by the line. */
  const corrected = ref<Readonly<Record<string, BranchKind>>>({});
  const pasted = computed(() => {
    const { good, bad } = parseBranches(text.value);
    const kindOf = (one: PastedBranch) => corrected.value[one.line] ?? one.kind;
    return { good: good.map((one) => ({ ...one, kind: kindOf(one) })), bad };
  });
  const correct = (one: PastedBranch, kind: BranchKind) =>
    (corrected.value = { ...corrected.value, [one.line]: kind });
  const listed = computed(() => desk.value?.branches ?? []);
  const plan = computed(
    () => planning.value?.planBranches(pasted.value.good, listed.value) ?? NOTHING,
  );
  watch(text, () => text.value && (added.value = null));

  /** Adds all in one transaction; lines that could not be read stay in the box. */
  async function add(): Promise<void> {
    const county = desk.value?.county;
    if (!county || !planning.value) return;
    const rest = [...pasted.value.bad, ...plan.value.wrong].map(({ line }) => line).join('\n');
    const to = { county, script: script.value, ids };
    const drafts = planning.value.branchDrafts(plan.value.adding, listed.value, to);
    const written = await ledger.writeAll(drafts);
    failed.value = !written.ok;
    if (!written.ok) return;
    text.value = rest;
    await keepNow();
    added.value = written.value.length;
  }

  return { desk, text, pasted, plan, added, failed, correct, add: oneAtATime(add) };
}
