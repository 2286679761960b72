import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { useActivityView } from '#data/use-activity-view.ts';
import { civilDay, civilMinutes } from '#domain/civil-day.ts';
import { correctedNow } from '#lib/clock.ts';
import { useClock } from '#ui/use-clock.ts';
import { useWhen } from '#ui/use-when.ts';

/** The activity that the address names; undefined while it is read, null when it is not here. */
export function useActivity() {
  const route = useRoute();
  const clock = useClock();
  const { whenWords } = useWhen();
  const id = String(route.params['id']);
  const view = useActivityView(id);

  /** 今晚 7 点半 */
  const when = computed(() => {
    if (!view.value) return '';
    const { activity, person } = view.value;
    const today = civilDay(correctedNow(clock, person.offset));
    return whenWords(civilDay(activity.starts), civilMinutes(activity.starts), today);
  });
  /** Its day is not over. */
  const ahead = computed(() => {
    if (!view.value) return false;
    const { activity, person } = view.value;
    return civilDay(activity.starts) >= civilDay(correctedNow(clock, person.offset));
  });
  return { id, view, when, ahead };
}
