import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ActivityView } from '#data/activity-view.ts';
import { stateOf } from '#data/activity-view.ts';
import { civilDay } from '#domain/civil-day.ts';
import { countRoll } from '#domain/roll.ts';
import { useTitle } from '#ui/use-title.ts';
import { useWhen } from '#ui/use-when.ts';

/** How many came, in parts; never who, and never how many did not (PRODUCT.md, "Who sees what"). */
export function useHallText(
  view: Readonly<Ref<ActivityView<unknown> | null | undefined>>,
  paper: () => number,
) {
  const { t } = useI18n();
  const { titleOf } = useTitle();
  const { dateLine } = useWhen();

  const counts = computed(() => {
    const { roster = [], roll = new Map(), erased, seconds = [] } = view.value ?? {};
    const { present, online } = countRoll(roster, roll, erased);
    const isHere = ({ person }: { person: string }) =>
      view.value && stateOf(view.value, person) === 'present';
    return { present, online, guests: seconds.filter(isHere).length, paper: paper() };
  });

  /** Those of the names by where they are from; nothing where all are of the branch's roster. */
  const parts = computed(() => {
    const { present, guests, paper: onPaper } = counts.value;
    const rest = [
      guests > 0 && t('roll.close.guests', { n: guests }),
      onPaper > 0 && t('roll.close.paper', { n: onPaper }),
    ].filter(Boolean);
    return rest.length > 0 ? t('roll.close.parts', { n: present, rest: rest.join('，') }) : '';
  });

  /** For the branch's group in WeChat. */
  const text = computed(() => {
    if (!view.value) return '';
    const { title, starts } = view.value.activity;
    const { present, online, guests, paper: onPaper } = counts.value;
    const came = [
      t('roll.close.text-here', { n: present + onPaper }),
      guests > 0 && t('roll.close.text-guests', { n: guests }),
      online > 0 && t('roll.close.text-online', { n: online }),
    ].filter(Boolean);
    return [titleOf(title), dateLine(civilDay(starts)), came.join('，')].join('\n');
  });
  return { parts, text };
}
