import { ref, watch, type Ref } from 'vue';
import { useDebounceFn } from '@vueuse/core';
import { useLedger } from '#data/use-ledger.ts';

/** After the last key: soon enough that a phone call costs nothing, rare enough for a slow disk. */
const KEEP_AFTER_MS = 400;

/** A text that is being typed, kept under `name` until it is empty; found again after a restart. */
export function useDraft(name: string): { text: Ref<string>; keepNow: () => Promise<void> } {
  const ledger = useLedger();
  const text = ref('');
  const keepNow = () => ledger.keep(name, text.value || null);
  void ledger.kept<string>(name).then((kept) => (text.value = text.value || (kept ?? '')));
  watch(text, useDebounceFn(keepNow, KEEP_AFTER_MS));
  return { text, keepNow };
}
