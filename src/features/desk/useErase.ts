import { computed, ref } from 'vue';
import { useRoute } from 'vue-router';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay } from '#domain/civil-day.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import { draftsOf, planErasure } from './erase-plan.ts';
import { readOwnBranches } from './own-branches.ts';

/** What goes when the person in the address is erased, and the verb that does it, in two steps. */
export function useErase() {
  const ledger = useLedger();
  const clock = useClock();
  const route = useRoute();
  const person = String(route.params['person']);
  const step = ref<'look' | 'sure' | 'done'>('look');
  const failed = ref(false);
  const plan = useLive(async () => planErasure(await readOwnBranches(ledger), person), null);

  /** Erases what the plan names and tells the person; all of it is on the phone, or nothing is. */
  async function erase(): Promise<void> {
    if (!plan.value) return;
    const today = civilDay(correctedNow(clock, (await ledger.current())?.offset ?? null));
    const written = await ledger.writeAll(draftsOf(plan.value, today));
    failed.value = !written.ok;
    if (written.ok) step.value = 'done';
  }

  return {
    plan,
    step,
    failed,
    /** Nothing of this person is here. */
    isNobody: computed(
      () => plan.value?.names === null && plan.value.records.length + plan.value.asked.length === 0,
    ),
    erase: oneAtATime(erase),
  };
}
