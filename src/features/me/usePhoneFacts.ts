import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useWayOut } from '#data/mirror/use-way-out.ts';
import { useAsync } from '#ui/use-async.ts';
import { clockError } from './phone-state.ts';
import { usePhone } from './usePhone.ts';

/** How this phone stands, in words. `main`: what its owner wants to know; `all`: whoever helps, too. */
export function usePhoneFacts(joined: () => boolean) {
  const { t } = useI18n({ useScope: 'global' });
  const phone = usePhone();
  const { unsent, standing, lastDone, wordsOf, offset, state } = phone;
  const wayOut = useWayOut();
  const { value: restored } = useAsync(wayOut.restored);

  const waiting = computed(() =>
    unsent.value === 0 ? t('me.nothing-waits') : t('me.waits', { count: unsent.value }),
  );
  const sync = computed(() => {
    const { state: now, code } = standing.value;
    if (now === 'idle') return null;
    const isTold = now === 'trouble' || code === 'server.disk-low';
    return isTold && code ? t(`errors.${code}`) : t(`me.sync.${now}`);
  });
  const clock = computed(() => {
    if (!offset.value) return t('phone.clock-words.unknown');
    const error = clockError(offset.value.ms);
    if (!error) return t('phone.clock-words.right');
    return t(`phone.clock-words.${error.side}`, {
      time: t(`phone.time.${error.unit}`, { n: error.n }),
    });
  });
  const told = computed(() => [
    { name: t('me.outbox'), words: waiting.value },
    { name: t('me.sending'), words: sync.value },
    { name: t('me.last'), words: lastDone.value ?? t('me.never') },
    { name: t('me.storage'), words: t(`me.persisted.${state.value?.persisted ?? 'unknown'}`) },
  ]);
  const build = { name: t('me.build'), words: __BUILD__ };
  const more = computed(() => {
    const room = state.value?.room;
    const left = wayOut.left();
    const broken = restored.value;
    const again = broken && { when: wordsOf(broken.at), count: broken.records };
    return [
      { name: t('phone.opens'), words: wayOut.opens ? null : t('phone.opens-not') },
      { name: t('phone.room'), words: room ? t('phone.room-words', room) : null },
      { name: t('phone.clock'), words: joined() ? clock.value : null },
      { name: t('phone.left'), words: left > 0 ? t('phone.left-words', { count: left }) : null },
      { name: t('phone.restored'), words: again && t('phone.restored-words', again) },
    ];
  });
  const main = computed(() => said([...(joined() ? told.value : []), build]));
  const all = computed(() => said([...(joined() ? told.value : []), ...more.value, build]));
  return { ...phone, main, all };
}

interface Fact {
  name: string;
  words: string;
}

/** Without what there is nothing to say of. */
function said(facts: readonly { name: string; words: string | null }[]): Fact[] {
  return facts.flatMap(({ name, words }) => (words === null ? [] : [{ name, words }]));
}
