import { computed } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay } from '#domain/civil-day.ts';
import { useNow } from '#ui/use-now.ts';

/** Who writes and what day it is in Shanghai: all that a form needs, without reading years of study for it (D-17). */
export function useStudyDay() {
  const ledger = useLedger();
  const now = useNow();
  const held = useLive(async () => ({ person: await ledger.current() }), null);

  return {
    loaded: computed(() => held.value !== null),
    joined: computed(() => held.value?.person != null),
    today: computed(() => civilDay(now.value + (held.value?.person?.offset?.ms ?? 0))),
  };
}
