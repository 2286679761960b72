import { computed, reactive, ref, watch } from 'vue';
import { useDebounceFn } from '@vueuse/core';
import { useIds, useRandom } from '#data/use-ids.ts';
import { useLedger } from '#data/use-ledger.ts';
import { useScript } from '#ui/use-script.ts';
import { parseNames } from './parse-names.ts';
import { addedNamesakes, findNamesakes, memberDrafts, type Decision } from './plan-roster.ts';
import { useDesk } from './useDesk.ts';

/** The box's text is kept under this name until it is empty. */
const DRAFT = 'desk.paste';

/** After the last key: soon enough that a phone call costs nothing, rare enough for a slow disk. */
const KEEP_AFTER_MS = 400;

/** The pasted list: what it would add, what needs a person, and adding it in one go. */
export function usePaste() {
  const ledger = useLedger();
  const ids = useIds();
  const random = useRandom();
  const { script } = useScript();
  const { desk, scope, roster } = useDesk();
  const text = ref('');
  const decisions = reactive<Record<number, Decision>>({});
  const added = ref<number | null>(null);
  const failed = ref(false);
  const saving = ref(false);

  const pasted = computed(() => parseNames(text.value));
  const plan = computed(() => findNamesakes(pasted.value.good, roster.value));
  const adding = computed(() => [
    ...plan.value.fresh,
    ...addedNamesakes(plan.value.namesakes, decisions),
  ]);
  const undecided = computed(() => plan.value.namesakes.filter(({ at }) => isOpen(decisions[at])));

  void ledger.kept<string>(DRAFT).then((kept) => (text.value = text.value || (kept ?? '')));
  watch(
    text,
    useDebounceFn((now: string) => ledger.keep(DRAFT, now || null), KEEP_AFTER_MS),
  );
  /** Another list: what was decided for the old one says nothing of it. */
  watch(text, () => {
    for (const at of Object.keys(decisions)) delete decisions[Number(at)];
    if (text.value) added.value = null;
  });

  /** Adds all that is clear in one transaction; what is not stays in the box. */
  async function add(): Promise<void> {
    if (!scope.value || saving.value || adding.value.length === 0) return;
    saving.value = true;
    const rest = [...undecided.value, ...pasted.value.bad].map(({ line }) => line);
    const drafts = memberDrafts(adding.value, {
      scope: scope.value,
      script: script.value,
      ids,
      random,
    });
    const written = await ledger.writeAll(drafts);
    saving.value = false;
    failed.value = !written.ok;
    if (!written.ok) return;
    text.value = rest.join('\n');
    await ledger.keep(DRAFT, text.value || null);
    added.value = drafts.length;
  }

  const decide = (at: number, decision: Decision) => (decisions[at] = decision);
  return {
    desk,
    scope,
    text,
    pasted,
    plan,
    adding,
    undecided,
    decisions,
    decide,
    add,
    added,
    failed,
    saving,
  };
}

/** Nobody has said yet whether it is the same person, or in which group the other one is. */
function isOpen(decision: Decision | undefined): boolean {
  return !decision || (decision.is === 'other' && !decision.group.trim());
}
