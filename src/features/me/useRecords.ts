import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { namesIn } from '#data/own-place.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay } from '#domain/civil-day.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import { isInBranch } from '#domain/roles.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { saveFile } from '#ui/save-file.ts';
import { useClock } from '#ui/use-clock.ts';
import { readableFile } from './data-page.ts';
import { dataFile, ownData } from './own-data.ts';
import { useDataWords } from './useDataWords.ts';

/** Everything about this person that is on this phone, in words, and the verb that hands it out as a file. */
export function useRecords() {
  const ledger = useLedger();
  const clock = useClock();
  const { t, locale } = useI18n({ useScope: 'global' });
  const { groupsOf, dayOf } = useDataWords();
  const saved = ref(false);
  const held = useLive(async () => {
    const person = await ledger.current();
    if (!person) return { person };
    const rows = await ledger.records();
    const places = namesIn(rows);
    // What another phone of theirs has closed keeps the name that it has on the wire.
    const closed = rows.some(({ kind }) => kind === SELF_KIND);
    return { person, data: ownData(person.person, rows), places, closed };
  }, null);

  const groups = computed(() => {
    const { person, data, places } = held.value ?? {};
    return person && data && places ? groupsOf(person, data, places) : [];
  });

  /** Hands out one of the two files; nothing of it goes over the network. */
  async function take(form: 'page' | 'json'): Promise<void> {
    const { person, data } = held.value ?? {};
    if (!person || !data) return;
    const day = civilDay(correctedNow(clock, person.offset));
    const title = t('me.records');
    const made = t('me.data.made', { day: dayOf(day) });
    const name = `${t('me.data.file')}-${day}`;
    if (form === 'json')
      await saveFile(`${name}.json`, 'application/json', dataFile(person, data, day));
    else {
      const page = { language: locale.value, title, made, groups: groups.value };
      await saveFile(`${name}.html`, 'text/html', readableFile(page));
    }
    saved.value = true;
  }

  return {
    loaded: computed(() => held.value !== null),
    person: computed(() => held.value?.person ?? null),
    /** Has a desk to ask: reviewers and administrators have none. */
    inBranch: computed(
      () => held.value?.person?.grants.some(({ role }) => isInBranch(role)) ?? false,
    ),
    closed: computed(() => held.value?.closed ?? false),
    groups,
    saved,
    take: oneAtATime(take),
  };
}
