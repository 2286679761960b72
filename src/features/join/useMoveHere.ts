import { inject, ref } from 'vue';
import { moveTroubleOf, type MoveTrouble } from '#data/move-trouble.ts';
import { movingKey, type Taken } from '#data/moving.port.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { readMoveCode, type MoveMistake } from '#domain/move-code.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useAddressWords } from '#ui/use-address-words.ts';
import { phoneTrouble, type PhoneTrouble } from './phone-check.ts';

/** Going on here by a 搬 code that is typed, pasted or in the address that was scanned. */
export function useMoveHere() {
  const moving = inject(movingKey);
  if (!moving) throw new Error('no moving was provided');
  const ledger = useLedger();
  const typed = ref('');
  useAddressWords((brought) => (typed.value = brought));
  const mistake = ref<MoveMistake | null>(null);
  const trouble = ref<MoveTrouble | PhoneTrouble | null>(null);
  const busy = ref(false);
  const taken = ref<Taken | null>(null);
  /** Somebody else may be here already. */
  const someone = useLive(() => ledger.current(), null);

  async function take(): Promise<void> {
    const code = readMoveCode(typed.value);
    mistake.value = code.ok ? null : code.error;
    trouble.value = null;
    if (!code.ok) return;
    busy.value = true;
    trouble.value = await phoneTrouble();
    const result = trouble.value ? null : await moving?.take(code.value);
    busy.value = false;
    if (result?.ok) taken.value = result.value;
    else if (result) trouble.value = moveTroubleOf(result.error);
  }

  return { typed, mistake, trouble, busy, taken, someone, take: oneAtATime(take) };
}
