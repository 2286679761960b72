import { computed, reactive, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { ActivityType } from '#domain/bodies/attendance.ts';
import { ruleOf } from '#domain/activity-types.ts';
import { civilDay, civilMinutes } from '#domain/civil-day.ts';
import { correctedNow } from '#lib/clock.ts';
import { typedLine } from '#lib/typed-text.ts';
import { useClock } from '#ui/use-clock.ts';
import { bodiesOf, timeOf, type ActivityForm, type FormFault } from './activity-form.ts';
import { readDesks, type Desk } from './read-desks.ts';

/** Most branches meet after the evening meal. */
const USUAL_TIME = '19:30';

/** Under this name the half typed form is kept. */
const DRAFT = 'activity-draft';

/** The form that opens an activity; it needs no network. What is typed survives leaving the page. */
export function useNewActivity() {
  const { t } = useI18n();
  const ledger = useLedger();
  const clock = useClock();
  const desks = useLive(() => ledger.atOnce(() => readDesks(ledger, clock)), null);
  const scope = ref('');
  const fault = ref<FormFault | 'not-saved' | null>(null);
  const saving = ref(false);
  const form = reactive<ActivityForm>({
    ...{ type: 'theme-day', title: t('activities.type.theme-day'), place: '' },
    ...{ day: civilDay(clock.now()), time: USUAL_TIME },
    ...{ quorum: 'none', group: '', late: '', every: 'once', times: 3 },
  });

  watch(desks, (found) => {
    scope.value = scope.value || (found?.scopes[0]?.scope ?? '');
  });
  const today = () => civilDay(correctedNow(clock, desks.value?.offset ?? null));
  const { fetched, forget } = keepForm(form, () => (desks.value ? today() : null));
  const desk = computed(() => desks.value?.scopes.find((one) => one.scope === scope.value) ?? null);

  /** Writes the activities, all or none; the first one's id, or null where a field needs another look. */
  async function open(): Promise<string | null> {
    const bodies = bodiesOf(form, today());
    fault.value = bodies.ok ? null : bodies.error;
    if (!bodies.ok || saving.value) return null;
    saving.value = true;
    const at = { kind: 'activity', scope: scope.value, subject: null };
    const written = await ledger.writeAll(bodies.value.map((body) => ({ ...at, body })));
    saving.value = false;
    if (!written.ok) {
      fault.value = 'not-saved';
      return null;
    }
    await forget();
    return written.value[0]?.id ?? null;
  }

  return {
    ...{ form, scope, fault, saving, open },
    scopes: computed(() => (fetched.value ? (desks.value?.scopes ?? null) : null)),
    /** The desk of a branch that is over is there, and no other. */
    over: computed(() => desks.value?.over ?? false),
    /** Its day is over: it is entered all the same, with a reason. */
    isLate: computed(() => form.day !== '' && form.day < today()),
    ...useOfType(form, desk),
    ...useLast(form, desk),
  };
}

/** What follows the type: the title until somebody has typed another, and which groups there are. */
function useOfType(form: ActivityForm, desk: { readonly value: Desk | null }) {
  const { t } = useI18n();
  const titleOf = (type: ActivityType) => (type === 'other' ? '' : t(`activities.type.${type}`));
  watch(
    () => form.type,
    (type, before) => {
      if (!typedLine(form.title) || form.title === t(`activities.type.${before}`))
        form.title = titleOf(type);
    },
  );
  const groups = computed(() =>
    ruleOf(form.type).expected === 'group' ? (desk.value?.groups ?? []) : [],
  );
  watch(groups, (all) => {
    if (all.length > 0 && !all.includes(form.group)) form.group = all[0] ?? '';
  });
  return { groups };
}

/** What was typed the last time for this kind, to be taken over with one tap. */
function useLast(form: ActivityForm, desk: { readonly value: Desk | null }) {
  const last = computed(() => {
    const activity = desk.value?.last[form.type];
    if (!activity) return null;
    const { title, place = '', starts } = activity;
    const found = { title, place, time: timeOf(civilMinutes(starts)) };
    const isSo = (Object.keys(found) as (keyof typeof found)[]).every(
      (key) => form[key] === found[key],
    );
    return isSo ? null : found;
  });
  return { last, takeLast: () => void Object.assign(form, last.value) };
}

/**
 * Finds the half typed form once, as soon as `today` is known (whatever arrives later changes no day
 * that somebody has chosen), and keeps it as it is typed. The screen waits for `fetched`.
 */
function keepForm(form: ActivityForm, today: () => string | null) {
  const ledger = useLedger();
  const fetched = ref(false);
  async function begin(day: string): Promise<void> {
    const kept = await ledger.kept<Partial<ActivityForm>>(DRAFT);
    // A day that is over stays only where somebody has begun to say why.
    const stays = kept?.day !== undefined && (kept.day > day || Boolean(kept.late));
    Object.assign(form, kept, { day: stays ? kept.day : day });
    fetched.value = true;
  }
  watch(today, (day) => day && void begin(day), { once: true });
  watch(form, () => fetched.value && void ledger.keep(DRAFT, { ...form }));
  return { fetched, forget: () => ledger.keep(DRAFT, null) };
}
