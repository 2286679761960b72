import { computed } from 'vue';
import type { RecordState } from '#data/ledger/ledger.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { StudyBody } from '#domain/bodies/study.ts';
import { civilDay } from '#domain/civil-day.ts';
import { inOrder } from '#domain/fold.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import { useNow } from '#ui/use-now.ts';

/** One entry of the member's own study, as the list shows it. */
export interface StudyEntry extends StudyBody {
  id: string;
  state: RecordState;
}

/** The member's own study, newest day first, and today in Shanghai. */
export function useStudies() {
  const ledger = useLedger();
  const now = useNow();
  const held = useLive(async () => {
    const person = await ledger.current();
    const records = person ? inOrder(await ledger.records({ kind: 'study' })) : [];
    const closed = person ? await ledger.records({ kind: SELF_KIND }) : [];
    const entries = records.map(toEntry).reverse().sort(byDay);
    return { person, entries, closed: closed.length };
  }, null);

  return {
    loaded: computed(() => held.value !== null),
    joined: computed(() => held.value?.person != null),
    entries: computed(() => held.value?.entries ?? []),
    /** How many of the own records this phone has no key for: the recovery card has. */
    closed: computed(() => held.value?.closed ?? 0),
    today: computed(() => civilDay(now.value + (held.value?.person?.offset?.ms ?? 0))),
  };
}

function toEntry(record: { id: string; state: RecordState; body: unknown }): StudyEntry {
  return { ...(record.body as StudyBody), id: record.id, state: record.state };
}

function byDay(a: StudyEntry, b: StudyEntry): number {
  return a.day === b.day ? 0 : a.day < b.day ? 1 : -1;
}
