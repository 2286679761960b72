import { computed, nextTick, ref, shallowRef, watchEffect } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import { civilDay } from '#domain/civil-day.ts';
import { correctedNow } from '#lib/clock.ts';
import { useClock } from '#ui/use-clock.ts';
import { readInspection, type Inspection } from './read-inspection.ts';
import { chosenScope } from './read-scope.ts';

/** A year of meetings, as it was when it was asked for: nothing moves while somebody reads or prints. */
export function useInspection() {
  const ledger = useLedger();
  const clock = useClock();
  const wanted = ref<string | null>(null);
  /** Undefined while it is read, null where this person keeps no roster. */
  const held = shallowRef<Inspection | null | undefined>(undefined);
  /** The sheets are made for the printer alone, and only once somebody prints. */
  const printing = ref(false);

  async function read(year: string | null): Promise<Inspection | null> {
    const person = await ledger.current();
    const scope = await chosenScope(ledger);
    const today = civilDay(correctedNow(clock, person?.offset ?? null));
    return scope
      ? ledger.atOnce(() => readInspection(ledger, scope, { year, today }))
      : Promise.resolve(null);
  }
  watchEffect(() => {
    const year = wanted.value;
    void read(year).then((inspection) => {
      if (wanted.value === year) held.value = inspection;
    });
  });

  async function print(): Promise<void> {
    printing.value = true;
    await nextTick();
    window.print();
  }

  const year = computed({
    get: () => held.value?.year ?? '',
    set: (one: string) => (wanted.value = one),
  });
  return {
    ...{ held, year, printing, print },
    sheets: computed(() => held.value?.sheets ?? []),
    years: computed(() => held.value?.years ?? []),
  };
}
