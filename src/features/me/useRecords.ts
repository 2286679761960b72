import { computed } from 'vue';
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { inOrder } from '#domain/fold.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import { ownAttendance } from './own-records.ts';

/** How many of the own study entries are listed here; the month has them all. */
const STUDIES_SHOWN = 10;

/** Everything that was recorded of or by this person and is on this phone. */
export function useRecords() {
  const ledger = useLedger();
  const held = useLive(async () => {
    const person = await ledger.current();
    if (!person) return { attendance: [], studies: [], consents: [], closed: false };
    const subject = person.person;
    const activities = await ledger.records({ kind: 'activity' });
    const checkIns = await ledger.records({ kind: 'check-in', subject });
    return {
      attendance: ownAttendance(subject, { activities, checkIns }),
      studies: latest(await ledger.records({ kind: 'study' })).sort(byDay),
      consents: latest(await ledger.records({ kind: 'consent', subject })),
      // What another phone of theirs has closed keeps the name that it has on the wire.
      closed: (await ledger.records({ kind: SELF_KIND })).length > 0,
    };
  }, null);

  return {
    loaded: computed(() => held.value !== null),
    attendance: computed(() => held.value?.attendance ?? []),
    studies: computed(() => (held.value?.studies ?? []).slice(0, STUDIES_SHOWN)),
    consents: computed(() => held.value?.consents ?? []),
    closed: computed(() => held.value?.closed ?? false),
  };
}

function byDay(a: LedgerRecord, b: LedgerRecord): number {
  return a.day === b.day ? 0 : a.day < b.day ? 1 : -1;
}

function latest(records: readonly LedgerRecord[]): LedgerRecord[] {
  return inOrder(records).reverse();
}
