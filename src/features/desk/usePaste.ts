import { computed, reactive, ref, watch } from 'vue';
import { useIds, useRandom } from '#data/use-ids.ts';
import { useLedger } from '#data/use-ledger.ts';
import { useScript } from '#ui/use-script.ts';
import { parseNames } from './parse-names.ts';
import { isDecided, memberDrafts, planRoster, type Decision } from './plan-roster.ts';
import { useDesk } from './useDesk.ts';
import { useDraft } from './useDraft.ts';

/** The pasted list: what it would add, what needs a person, and adding it in one go. */
export function usePaste() {
  const ledger = useLedger();
  const ids = useIds();
  const random = useRandom();
  const { script } = useScript();
  const { desk, scope, roster } = useDesk();
  const { text, keepNow } = useDraft('desk.paste');
  const decisions = reactive<Record<number, Decision>>({});
  const added = ref<number | null>(null);
  const failed = ref(false);
  const saving = ref(false);

  const pasted = computed(() => parseNames(text.value));
  const plan = computed(() => planRoster(pasted.value.good, roster.value, decisions));
  const undecided = computed(() =>
    plan.value.namesakes.filter(({ at }) => !isDecided(decisions[at])),
  );

  /** Another list: what was decided for the old one says nothing of it. */
  watch(text, () => {
    for (const at of Object.keys(decisions)) delete decisions[Number(at)];
    if (text.value) added.value = null;
  });

  /** Adds all that is clear in one transaction; what is not stays in the box. */
  async function add(): Promise<void> {
    if (!scope.value || saving.value) return;
    saving.value = true;
    const rest = [...undecided.value, ...pasted.value.bad].map(({ line }) => line);
    const to = { scope: scope.value, script: script.value, ids, random };
    const written = await ledger.writeAll(memberDrafts(plan.value.adding, to));
    saving.value = false;
    failed.value = !written.ok;
    if (!written.ok) return;
    text.value = rest.join('\n');
    await keepNow();
    added.value = written.value.length;
  }

  const decide = (at: number, decision: Decision) => (decisions[at] = decision);
  const what = { desk, scope, text, pasted, plan, undecided, decisions };
  return { ...what, decide, add, added, failed, saving };
}
