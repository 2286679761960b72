import { computed, onScopeDispose, readonly, shallowRef } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { CARD_KIND, foldCards } from '#domain/cards.ts';
import { countOf } from '#domain/roll-parts.ts';
import { useClock } from '#ui/use-clock.ts';
import { createBeep } from '#ui/beep.ts';
import { createScanGate, judgeScan, type ScanOutcome } from './judge-scan.ts';
import { createRollDesk } from './roll-desk.ts';
import { useRollActivity } from './useRollActivity.ts';

/** What the screen says of the last scan; `failed`: the record was not kept. */
export type Shown = ScanOutcome | { type: 'failed' };

/** Scans members' screens and printed cards one after another and marks them 到. */
export function useScan() {
  const { id, view } = useRollActivity();
  const ledger = useLedger();
  const clock = useClock();
  const beep = createBeep();
  const isNew = createScanGate(clock);
  const last = shallowRef<Shown | null>(null);
  const printed = useLive(async () => {
    const rows = await ledger.records({ kind: CARD_KIND });
    return rows.filter(({ state }) => state !== 'refused');
  }, []);

  async function take(text: string): Promise<void> {
    if (!view.value || !isNew(text)) return;
    const members = [...view.value.roster, ...view.value.seconds];
    const { scope } = view.value.activity;
    const cards = foldCards(printed.value.filter((row) => row.scope === scope));
    const outcome = judgeScan(text, members, { roll: view.value.roll, cards });
    if (outcome.type !== 'count') return void (last.value = outcome);
    const desk = createRollDesk({ ledger, clock, activity: id, scope });
    const done = await desk.set(outcome.member.person, 'present', 'scan');
    if (!done.ok) return void (last.value = { type: 'failed' });
    last.value = done.value === 'same' ? { ...outcome, type: 'again' } : outcome;
    beep.sound();
  }

  onScopeDispose(beep.close);
  const count = computed(() => countOf(view.value));
  return { id, view, count, last: readonly(last), take };
}
