import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
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
  const { t } = useI18n();
  const { whenWords } = useWhen();
  const id = String(route.params['id']);
  const view = useActivityView(id);

  /** 今晚 7 点半, 改到今晚 7 点半, 今晚 7 点半 取消了 */
  const when = computed(() => {
    if (!view.value) return '';
    const { activity, person } = view.value;
    const today = civilDay(correctedNow(clock, person.offset));
    const when = whenWords(civilDay(activity.starts), civilMinutes(activity.starts), today);
    return activity.change ? t(`activities.${activity.change}`, { when }) : when;
  });
  /** Its day is not over. */
  const ahead = computed(() => {
    if (!view.value) return false;
    const { activity, person } = view.value;
    return civilDay(activity.starts) >= civilDay(correctedNow(clock, person.offset));
  });
  return { id, view, when, ahead };
}
