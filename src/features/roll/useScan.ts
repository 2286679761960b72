import { computed, onScopeDispose, readonly, shallowRef } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { CheckInState } from '#domain/bodies/attendance.ts';
import { CARD_KIND, foldCards } from '#domain/cards.ts';
import { countOf, hereCount } from '#domain/roll-parts.ts';
import type { RosterMember } from '#domain/roster.ts';
import { useClock } from '#ui/use-clock.ts';
import { createBeep } from '#ui/beep.ts';
import { judgeScan } from './judge-scan.ts';
import { createRollDesk } from './roll-desk.ts';
import { createScanTaker, recentAfter, type Shown } from './scan-taker.ts';
import { useRollActivity } from './useRollActivity.ts';

/** Felt in the hand where the hall is loud, ms; not every phone can. */
const BUZZ_MS = 80;

/** Scans members' screens and printed cards one after another and marks them 到. */
export function useScan() {
  const { id, view } = useRollActivity();
  const ledger = useLedger();
  const clock = useClock();
  const beep = createBeep();
  const last = shallowRef<Shown | null>(null);
  const recent = shallowRef<readonly RosterMember[]>([]);
  const members = computed(() => [...(view.value?.roster ?? []), ...(view.value?.seconds ?? [])]);
  const scope = computed(() => view.value?.activity.scope ?? '');
  const printed = useLive(async () => {
    const rows = await ledger.records({ kind: CARD_KIND });
    return rows.filter(({ state }) => state !== 'refused');
  }, []);
  const known = computed(() => ({
    roll: view.value?.roll ?? new Map<string, never>(),
    cards: foldCards(printed.value.filter((row) => row.scope === scope.value)),
  }));
  const desk = computed(() => createRollDesk({ ledger, clock, activity: id, scope: scope.value }));
  const set = (person: string, state: CheckInState) => desk.value.set(person, state, 'scan');
  const taken = createScanTaker({
    clock,
    judge: (text) => judgeScan(text, members.value, known.value),
    mark: (person) => set(person, 'present'),
  });

  async function take(text: string): Promise<void> {
    const shown = view.value && (await taken(text));
    if (!shown) return;
    show(shown);
    if (shown.type !== 'count') return;
    beep.sound();
    navigator.vibrate?.(BUZZ_MS);
  }

  /** Takes the mark of the last scan back: somebody held up another's phone. */
  async function undo(): Promise<void> {
    if (last.value?.type !== 'count') return;
    const { member } = last.value;
    const done = await set(member.person, 'none');
    show(done.ok ? { type: 'undone', member } : { type: 'failed' });
  }

  function show(shown: Shown): void {
    last.value = shown;
    recent.value = recentAfter(recent.value, shown);
  }

  onScopeDispose(beep.close);
  const count = computed(() => countOf(view.value));
  const here = computed(() => (view.value ? hereCount(view.value) : 0));
  return { id, view, here, count, last: readonly(last), recent: readonly(recent), take, undo };
}
