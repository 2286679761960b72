import type { ShallowRef } from 'vue';
import { readActivity, type ActivityView } from './activity-view.ts';
import type { Person } from './ledger/person.ts';
import { useLedger, useLive } from './use-ledger.ts';

/** One activity with all that this phone knows of it: undefined while it is read, null when it is not here. */
export function useActivityView(
  id: string,
): Readonly<ShallowRef<ActivityView<Person> | null | undefined>> {
  const ledger = useLedger();
  return useLive(() => ledger.atOnce(() => readActivity(ledger, id)), undefined);
}
