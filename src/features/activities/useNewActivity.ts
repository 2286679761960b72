import { computed, reactive, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { ActivityType } from '#domain/bodies/attendance.ts';
import type { AboutBody } from '#domain/bodies/organisation.ts';
import { civilDay } from '#domain/civil-day.ts';
import { isDesk } from '#domain/roles.ts';
import { correctedNow } from '#lib/clock.ts';
import { useClock } from '#ui/use-clock.ts';
import { bodyOf, type ActivityForm, type FormFault } from './activity-form.ts';

/** Most branches meet after the evening meal. */
const USUAL_TIME = '19:30';

/** The form that opens an activity; it needs no network. */
export function useNewActivity() {
  const { t } = useI18n();
  const ledger = useLedger();
  const clock = useClock();
  const desks = useLive(() => readDesks(ledger), null);
  const scope = ref('');
  const fault = ref<FormFault | 'not-saved' | null>(null);
  const saving = ref(false);
  const form = reactive<ActivityForm>({
    type: 'theme-day',
    title: t('activities.type.theme-day'),
    place: '',
    day: civilDay(clock.now()),
    time: USUAL_TIME,
  });

  watch(desks, (found) => {
    scope.value = scope.value || (found?.scopes[0]?.scope ?? '');
    form.day = civilDay(correctedNow(clock, found?.offset ?? null));
  });
  /** The title follows the type until somebody has typed another. */
  watch(
    () => form.type,
    (type, before) => {
      if (!form.title.trim() || form.title === t(`activities.type.${before}`))
        form.title = titleOf(type);
    },
  );
  const titleOf = (type: ActivityType) => (type === 'other' ? '' : t(`activities.type.${type}`));

  /** Writes the activity; its id, or null where a field needs another look. */
  async function open(): Promise<string | null> {
    const body = bodyOf(form);
    fault.value = body.ok ? null : body.error;
    if (!body.ok || saving.value) return null;
    saving.value = true;
    const written = await ledger.write({
      kind: 'activity',
      scope: scope.value,
      subject: null,
      body: body.value,
    });
    saving.value = false;
    if (written.ok) return written.value.id;
    fault.value = 'not-saved';
    return null;
  }

  return { form, scope, fault, saving, open, scopes: computed(() => desks.value?.scopes ?? null) };
}

async function readDesks(ledger: ReturnType<typeof useLedger>) {
  const person = await ledger.current();
  const abouts = await ledger.records({ kind: 'about' });
  const scopes = (person?.grants ?? [])
    .filter((grant) => isDesk(grant.role))
    .map(({ scope }) => ({
      scope,
      about: (abouts.find((one) => one.scope === scope)?.body ?? null) as AboutBody | null,
    }));
  return { offset: person?.offset ?? null, scopes };
}
