import { computed, watch } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { SEEN_REFUSED } from '#data/seen-refused.ts';
import { reasonText } from '#domain/refusal-reasons.ts';

/** What the county did not take in of this person's, and that they have now seen it. */
export function useRefused() {
  const ledger = useLedger();
  const held = useLive(() => ledger.refused(), []);
  watch(held, (rows) => {
    if (rows.length > 0) void ledger.keep(SEEN_REFUSED, rows.length);
  });
  return {
    refused: computed(() =>
      held.value.map(({ id, kind, day, reason }) => ({
        id,
        kind,
        day,
        reason: reasonText(reason),
      })),
    ),
  };
}
