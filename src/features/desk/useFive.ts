import { computed, ref, watch } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { OWN_RULE_LENGTH } from '#domain/bodies/migrants.ts';
import { foldOwnRules, OWN_RULES_KIND, ruleFields } from '#domain/own-rules.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { typedLine } from '#lib/typed-text.ts';
import { useDesk } from './useDesk.ts';

/** The branch's own 「五不」 as the desk types them, and the verb that keeps them. */
export function useFive() {
  const ledger = useLedger();
  const { desk, scope } = useDesk();
  const fields = ref<string[] | null>(null);
  const fault = ref<'long' | 'not-saved' | null>(null);
  const saved = ref(false);
  const rows = useLive(
    async () =>
      (await ledger.records({ kind: OWN_RULES_KIND })).filter(({ state }) => state !== 'refused'),
    null,
  );
  const lines = computed(() => {
    const ours = rows.value?.filter((row) => row.scope === scope.value);
    return ours && scope.value ? foldOwnRules(ours) : null;
  });
  watch(lines, (now) => now && (fields.value ??= ruleFields(now)), { immediate: true });
  watch(fields, () => (saved.value = false), { deep: true });

  /** Keeps what is typed; empty lines are none. */
  async function save(): Promise<void> {
    if (!fields.value || !scope.value) return;
    const typed = fields.value.map(typedLine).filter(Boolean);
    fault.value = typed.some((one) => one.length > OWN_RULE_LENGTH) ? 'long' : null;
    if (fault.value) return;
    const body = { lines: typed };
    const written = await ledger.write({ kind: OWN_RULES_KIND, scope: scope.value, body });
    fault.value = written.ok ? null : 'not-saved';
    saved.value = written.ok;
  }

  return {
    loaded: computed(() => desk.value !== null),
    keeps: computed(() => scope.value !== null),
    ...{ fields, fault, saved, save: oneAtATime(save) },
    isLong: (text: string) => fault.value === 'long' && typedLine(text).length > OWN_RULE_LENGTH,
  };
}
