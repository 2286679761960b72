import { ref } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import type { AbsenceBody } from '#domain/bodies/attendance.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';

/** The verb by which somebody says ahead of an activity that they cannot come, or can after all. */
export function useAbsence(of: Readonly<{ activity: string; scope: string }>) {
  const ledger = useLedger();
  const failed = ref(false);

  /** It is said once the record is on the phone. */
  async function say(coming: boolean): Promise<void> {
    const subject = (await ledger.current())?.person ?? null;
    const body: AbsenceBody = { activity: of.activity, coming };
    const written = await ledger.write({ kind: 'absence', scope: of.scope, subject, body });
    failed.value = !written.ok;
  }

  return { failed, say: oneAtATime(say) };
}
