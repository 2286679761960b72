import { computed, ref } from 'vue';
import { useRoute } from 'vue-router';
import { useRandom } from '#data/use-ids.ts';
import { useLedger } from '#data/use-ledger.ts';
import type { SecondAs } from '#domain/bodies/second.ts';
import { newCard } from '#domain/qr-codes.ts';
import { isFresh, readReport } from '#domain/report-code.ts';
import { SECOND_KIND } from '#domain/seconds.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useDesk } from './useDesk.ts';

/** Somebody of another branch who reports here, by the code of their own phone, and letting them in. */
export function useSecond() {
  const ledger = useLedger();
  const random = useRandom();
  const route = useRoute();
  const { desk, scope, choose } = useDesk();
  const pasted = ref('');
  const as = ref<SecondAs>('double');
  const failed = ref(false);

  const branches = computed(() => desk.value?.rosters ?? []);
  const branch = computed(
    () => branches.value.find((one) => one.scope === scope.value) ?? branches.value[0] ?? null,
  );
  const report = computed(() => readReport(pasted.value) ?? readReport(route.hash));
  /** Why nothing is to be done: one of the branch's own, here already, or a code that is too old. */
  const already = computed(() => {
    const { person, signed } = report.value ?? {};
    const has = (people: readonly { person: string }[] = []) =>
      people.some((one) => one.person === person);
    if (has(branch.value?.roster)) return 'own';
    if (has(branch.value?.seconds)) return 'here';
    return signed && desk.value && !isFresh(signed, desk.value.today) ? 'old' : null;
  });

  /** One record; whether it is on the phone. */
  async function letIn(): Promise<boolean> {
    if (!report.value || !branch.value || !desk.value) return false;
    const { person, ...said } = report.value;
    const of = { kind: SECOND_KIND, scope: branch.value.scope, subject: person };
    const body = { way: 'in', as: as.value, day: desk.value.today, card: newCard(random), ...said };
    const written = await ledger.write({ ...of, body });
    failed.value = !written.ok;
    return written.ok;
  }

  return {
    ...{ desk, branches, branch, choose, pasted, as, report, already, failed },
    letIn: oneAtATime(letIn),
  };
}
