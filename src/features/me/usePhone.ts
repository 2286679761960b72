import { computed, inject } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay, civilMinutes } from '#domain/civil-day.ts';
import { syncStatusKey, type SyncStatus } from '#sync/status.ts';
import { useAsync } from '#ui/use-async.ts';
import { useNow } from '#ui/use-now.ts';
import { useStore } from '#ui/use-store.ts';
import { useWhen } from '#ui/use-when.ts';
import { readPhoneState } from './phone-state.ts';

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
      offset: (await ledger.current())?.offset ?? null,
    }),
    null,
  );
  const { value: state } = useAsync(readPhoneState);
  const offset = computed(() => held.value?.offset ?? null);

  /** 今晚 7 点半, of a phone time in ms. */
  const wordsOf = (at: number) => {
    const off = offset.value?.ms ?? 0;
    return whenWords(civilDay(at + off), civilMinutes(at + off), civilDay(now.value + off));
  };
  /** Null before the first time. */
  const lastDone = computed(() => {
    const at = standing.value.lastDone;
    return at === null ? null : wordsOf(at);
  });
  const unsent = computed(() => held.value?.unsent ?? 0);
  /** Something waits and nothing is on its way: then asking for it is worth a tap. */
  const canSend = computed(() => unsent.value > 0 && standing.value.state !== 'syncing');
  const sendNow = () => status.nudge();
  return { unsent, standing, lastDone, wordsOf, offset, state, canSend, sendNow };
}
