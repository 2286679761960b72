import { computed, reactive, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { ActivityType } from '#domain/bodies/attendance.ts';
import type { AboutBody } from '#domain/bodies/organisation.ts';
import { isOver } from '#domain/branches.ts';
import { inOrder } from '#domain/fold.ts';
import { civilDay } from '#domain/civil-day.ts';
import { isDesk } from '#domain/roles.ts';
import { correctedNow } from '#lib/clock.ts';
import { typedLine } from '#lib/typed-text.ts';
import { useClock } from '#ui/use-clock.ts';
import { bodyOf, type ActivityForm, type FormFault } from './activity-form.ts';

/** Most branches meet after the evening meal. */
const USUAL_TIME = '19:30';

/** Under this name the half typed form is kept. */
const DRAFT = 'activity-draft';

/** The form that opens an activity; it needs no network. What is typed survives leaving the page. */
export function useNewActivity() {
  const { t } = useI18n();
  const ledger = useLedger();
  const clock = useClock();
  const desks = useLive(() => readDesks(ledger, clock), null);
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
  });
  const { fetched, forget } = keepForm(form, () => {
    if (desks.value) return civilDay(correctedNow(clock, desks.value.offset));
    return null;
  });
  /** The title follows the type until somebody has typed another. */
  watch(
    () => form.type,
    (type, before) => {
      if (!typedLine(form.title) || form.title === t(`activities.type.${before}`))
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
    const at = { kind: 'activity', scope: scope.value, subject: null };
    const written = await ledger.write({ ...at, body: body.value });
    saving.value = false;
    if (!written.ok) {
      fault.value = 'not-saved';
      return null;
    }
    await forget();
    return written.value.id;
  }

  const scopes = computed(() => (fetched.value ? (desks.value?.scopes ?? null) : null));
  /** The desk of a branch that is over is there, and no other. */
  const over = computed(() => desks.value?.over ?? false);
  return { form, scope, fault, saving, open, scopes, over };
}

/**
 * Finds the half typed form once, as soon as `today` is known (whatever arrives later changes no day
 * that somebody has chosen), and keeps it as it is typed. The screen waits for `fetched`.
 */
function keepForm(form: ActivityForm, today: () => string | null) {
  const ledger = useLedger();
  const fetched = ref(false);
  async function begin(day: string): Promise<void> {
    const kept = await ledger.kept<ActivityForm>(DRAFT);
    Object.assign(form, kept, { day: kept && kept.day > day ? kept.day : day });
    fetched.value = true;
  }
  watch(today, (day) => day && void begin(day), { once: true });
  watch(form, () => fetched.value && void ledger.keep(DRAFT, { ...form }));
  return { fetched, forget: () => ledger.keep(DRAFT, null) };
}

async function readDesks(ledger: ReturnType<typeof useLedger>, clock: ReturnType<typeof useClock>) {
  const person = await ledger.current();
  const abouts = inOrder(await ledger.records({ kind: 'about' })).reverse();
  const today = civilDay(correctedNow(clock, person?.offset ?? null));
  const all = (person?.grants ?? [])
    .filter((grant) => isDesk(grant.role))
    .map(({ scope }) => ({
      scope,
      about: (abouts.find((one) => one.scope === scope)?.body ?? null) as AboutBody | null,
    }));
  // A temporary branch that is over keeps its rolls and opens nothing new.
  const scopes = all.filter(({ about }) => !about || !isOver(about, today));
  return { offset: person?.offset ?? null, scopes, over: all.length > scopes.length };
}
