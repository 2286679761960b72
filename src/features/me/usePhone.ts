import { computed, inject } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay, civilMinutes } from '#domain/civil-day.ts';
import { syncStatusKey, type SyncStatus } from '#sync/status.ts';
import { useAsync } from '#ui/use-async.ts';
import { useNow } from '#ui/use-now.ts';
import { useStore } from '#ui/use-store.ts';
import { useWhen } from '#ui/use-when.ts';

/** What waits on this phone and a way to send it now, when it last was in step with the county, how safe its storage is. */
export function usePhone() {
  const ledger = useLedger();
  const status = inject<SyncStatus>(syncStatusKey);
  if (!status) throw new Error('no sync status was provided');
  const standing = useStore(status);
  const now = useNow();
  const { whenWords } = useWhen();
  const held = useLive(
    async () => ({
      unsent: await ledger.unsent(),
      offset: (await ledger.current())?.offset?.ms ?? 0,
    }),
    null,
  );
  const { value: persisted } = useAsync(isPersisted);

  /** 今晚 7 点半, or null before the first time. */
  const lastDone = computed(() => {
    const at = standing.value.lastDone;
    if (at === null) return null;
    const offset = held.value?.offset ?? 0;
    const time = at + offset;
    return whenWords(civilDay(time), civilMinutes(time), civilDay(now.value + offset));
  });
  const unsent = computed(() => held.value?.unsent ?? 0);
  /** Something waits and nothing is on its way: then asking for it is worth a tap. */
  const canSend = computed(() => unsent.value > 0 && standing.value.state !== 'syncing');
  return { unsent, standing, lastDone, persisted, canSend, sendNow: () => status.nudge() };
}

/** Whether the browser promised never to clear this by itself; 'unknown' where it can't say. */
async function isPersisted(): Promise<'yes' | 'no' | 'unknown'> {
  if (typeof navigator.storage?.persisted !== 'function') return 'unknown';
  return (await navigator.storage.persisted()) ? 'yes' : 'no';
}
