import { computed, ref } from 'vue';
import { useHalfHour } from '#data/use-half-hour.ts';
import { minutesOf } from '#domain/half-hour.ts';
import { minutesByDay } from '#domain/study.ts';
import { useStudies } from './useStudies.ts';

/** What happened on finishing: minutes that are on the phone, or why they are not. */
export type Finished = { minutes: number } | { error: string };

/** Today's half hour and its verbs. */
export function useStudy() {
  const { loaded, joined, entries, today } = useStudies();
  const { state, run, pause, finish } = useHalfHour();
  const finished = ref<Finished | null>(null);
  const counted = computed(() => (state.value?.day === today.value ? state.value : null));

  return {
    loaded,
    joined,
    finished,
    minutes: computed(
      () =>
        (minutesByDay(entries.value).get(today.value) ?? 0) +
        (counted.value ? minutesOf(counted.value) : 0),
    ),
    standing: computed(() =>
      state.value === null
        ? ('none' as const)
        : state.value.last
          ? ('runs' as const)
          : ('rests' as const),
    ),
    async run() {
      finished.value = null;
      await run();
    },
    pause,
    async finish() {
      const result = await finish();
      finished.value = result.ok ? { minutes: result.value } : { error: String(result.error) };
    },
  };
}
