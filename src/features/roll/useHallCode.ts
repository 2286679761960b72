import { computed, ref, type Ref } from 'vue';
import { useIntervalFn } from '@vueuse/core';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { PresenceKeyBody } from '#domain/bodies/attendance.ts';
import { inOrder } from '#domain/fold.ts';
import {
  codeSlot,
  digitsSlot,
  hallCodeText,
  hallDigits,
  hallProof,
  hallSecret,
} from '#domain/hall-code.ts';
import { fromBase64Url } from '#lib/base64.ts';
import { correctedNow, type ClockOffset } from '#lib/clock.ts';
import { useClock } from '#ui/use-clock.ts';
import { typeNumber, type Activity } from '#domain/activities.ts';

/** How often the slot is looked at: a code is at most this much late, which the judge allows for. */
const LOOK_MS = 1_000;

/**
 * The rotating code of an activity on this phone; null while the branch's presence key is not here.
 * Nothing that members hold goes into it, and the secret is made anew each time, never stored.
 */
export function useHallCode(
  shown: Readonly<
    Ref<
      | { activity: Activity; person: { device: string; offset: ClockOffset | null } }
      | null
      | undefined
    >
  >,
) {
  const ledger = useLedger();
  const clock = useClock();
  const keys = useLive(() => ledger.records({ kind: 'presence-key' }), null);
  const now = ref(clock.now());
  useIntervalFn(() => (now.value = clock.now()), LOOK_MS);

  const secret = computed(() => {
    if (!shown.value) return null;
    const { activity, person } = shown.value;
    const held = inOrder((keys.value ?? []).filter((row) => row.scope === activity.scope)).pop();
    const key = held && fromBase64Url((held.body as PresenceKeyBody).key);
    return key ? hallSecret(key, activity.id, person.device) : null;
  });
  const time = computed(() =>
    correctedNow(
      { now: () => now.value, monotonic: clock.monotonic },
      shown.value?.person.offset ?? null,
    ),
  );
  const slot = computed(() => codeSlot(time.value));
  const slow = computed(() => digitsSlot(time.value));

  /** Changes every 15 s with its slot. */
  const text = computed(() => {
    if (!secret.value || !shown.value) return null;
    const { activity, person } = shown.value;
    return hallCodeText({
      activity: activity.id,
      device: person.device,
      typeNumber: typeNumber(activity.type),
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
  return { text, digits, ready: computed(() => keys.value !== null) };
}
