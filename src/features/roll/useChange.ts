import { reactive, ref, watch } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import type { ActivityChangeBody } from '#domain/bodies/attendance.ts';
import { civilDay, civilMinutes } from '#domain/civil-day.ts';
import { placeAndTimeOf, timeOf, type FormFault } from './activity-form.ts';
import { useRollActivity } from './useRollActivity.ts';

/** Moves an activity, calls it off, or says that it is on after all. Its roll stays what it is. */
export function useChange() {
  const { id, view, when } = useRollActivity();
  const ledger = useLedger();
  const fault = ref<FormFault | 'not-saved' | null>(null);
  const saving = ref(false);
  const form = reactive({ day: '', time: '', place: '' });

  watch(
    view,
    (now) => {
      if (!now) return;
      const { starts, place = '' } = now.activity;
      Object.assign(form, { day: civilDay(starts), time: timeOf(civilMinutes(starts)), place });
    },
    { once: true },
  );

  /** Whether it was written. Each change says all of it: what was moved stays moved when it is called off. */
  async function change(is: ActivityChangeBody['is']): Promise<boolean> {
    if (!view.value || saving.value) return false;
    const { scope, starts, place } = view.value.activity;
    const typed = placeAndTimeOf(form);
    fault.value = is === 'moved' && !typed.ok ? typed.error : null;
    if (fault.value) return false;
    const now = is === 'moved' && typed.ok ? typed.value : { starts, place };
    const body: ActivityChangeBody = {
      ...{ activity: id, is, starts: now.starts },
      ...(now.place ? { place: now.place } : {}),
    };
    saving.value = true;
    const written = await ledger.write({ kind: 'activity-change', scope, subject: null, body });
    saving.value = false;
    if (!written.ok) fault.value = 'not-saved';
    return written.ok;
  }

  return { id, view, when, form, fault, saving, change };
}
