import { computed, ref, watch, type Ref } from 'vue';
import { useIntervalFn } from '@vueuse/core';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { PresenceKeyBody } from '#domain/bodies/attendance.ts';
import { inOrder } from '#domain/fold.ts';
import { codeSlot, digitsSlot, hallDigits, hallProof, hallSecret } from '#domain/hall-code.ts';
import { hallCodeText } from '#domain/hall-text.ts';
import { fromBase64Url } from '#lib/base64.ts';
import { correctedNow, type ClockOffset } from '#lib/clock.ts';
import type { Activity } from '#domain/activities.ts';
import { useClock } from '#ui/use-clock.ts';
import { sayShown } from './say-shown.ts';

/** How often the slot is looked at, so that a new code is on the screen within 100 ms of its slot. */
const LOOK_MS = 50;

/** The activity on the screen, and who shows it. */
interface Showing {
  activity: Activity;
  person: { device: string; offset: ClockOffset | null };
}

/**
 * The rotating code of an activity on this phone; null while the branch's presence key is not here.
 * Nothing that members hold goes into it, and the secret is made anew each time, never stored.
 */
export function useHallCode(shown: Readonly<Ref<Showing | null | undefined>>) {
  const ledger = useLedger();
  const keys = useLive(() => ledger.records({ kind: 'presence-key' }), null);
  const { slot, slow } = useSlots(() => shown.value?.person.offset ?? null);

  const secret = computed(() => {
    if (!shown.value) return null;
    const { activity, person } = shown.value;
    const held = inOrder((keys.value ?? []).filter((row) => row.scope === activity.scope)).pop();
    const key = held && fromBase64Url((held.body as PresenceKeyBody).key);
    return key ? hallSecret(key, activity.id, person.device) : null;
  });
  /** Changes every 15 s with its slot. */
  const text = computed(() => {
    if (!secret.value || !shown.value) return null;
    const { activity, person } = shown.value;
    return hallCodeText({
      activity: activity.id,
      device: person.device,
      type: activity.type,
      starts: activity.starts,
      slot: slot.value,
      proof: hallProof(secret.value, slot.value),
    });
  });
  /** Six digits in two threes, as they are read aloud. */
  const digits = computed(() => {
    const six = secret.value && hallDigits(secret.value, slow.value);
    return six && `${six.slice(0, 3)} ${six.slice(3)}`;
  });

  function say(): void {
    if (!text.value || !shown.value) return;
    const { activity, person } = shown.value;
    const { id, scope } = activity;
    void sayShown(ledger, { activity: id, scope, device: person.device });
  }
  watch(() => text.value !== null, say, { immediate: true });
  return { text, digits, ready: computed(() => keys.value !== null) };
}

/** The two slots of the moment, counted by this phone's corrected clock. */
function useSlots(offset: () => ClockOffset | null) {
  const clock = useClock();
  const now = ref(clock.now());
  useIntervalFn(() => (now.value = clock.now()), LOOK_MS);
  const time = computed(() =>
    correctedNow({ now: () => now.value, monotonic: clock.monotonic }, offset()),
  );
  return {
    slot: computed(() => codeSlot(time.value)),
    slow: computed(() => digitsSlot(time.value)),
  };
}
