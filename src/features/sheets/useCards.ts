import { computed, reactive, ref, shallowRef } from 'vue';
import { readRoster } from '#data/activity-view.ts';
import { useRandom } from '#data/use-ids.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { CARD_KIND, countPrinted, foldCards } from '#domain/cards.ts';
import { listedOf } from '#domain/roster.ts';
import type { Clock } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import { cardsFor, peopleFor, type PrintedCard, type Whom } from './card-sheet.ts';
import { readDeskBranch } from './desk-branch.ts';

type Ledger = ReturnType<typeof useLedger>;

/** The sheet of printed cards: for whom, and the verb that makes them; needs no network. */
export function useCards() {
  const ledger = useLedger();
  const random = useRandom();
  const clock = useClock();
  const held = useLive(() => ledger.atOnce(() => readBranch(ledger, clock)), null);
  const whom = reactive({ of: 'all' as Whom['of'], some: new Set<string>() });
  const picked = ref<string | null>(null);
  const cards = shallowRef<PrintedCard[]>([]);
  const failed = ref(false);

  const roster = computed(() => held.value?.roster ?? []);
  const groups = computed(() => [...new Set(roster.value.map(({ group }) => group ?? ''))]);
  /** The first one until another is picked. */
  const group = computed({
    get: () => picked.value ?? groups.value[0] ?? '',
    set: (one) => (picked.value = one),
  });
  const chosen = computed(() => peopleFor(roster.value, { ...whom, group: group.value }));

  function toggle(person: string): void {
    const some = new Set(whom.some);
    if (!some.delete(person)) some.add(person);
    whom.some = some;
  }

  /** Makes a card for everybody chosen: all of them are on the phone, or none is. */
  async function make(): Promise<void> {
    const scope = held.value?.scope;
    if (!scope) return;
    const made = cardsFor(chosen.value, scope, random);
    const written = await ledger.writeAll(made.drafts);
    failed.value = !written.ok;
    if (written.ok) cards.value = made.cards;
  }

  return {
    loaded: computed(() => held.value !== null),
    place: computed(() => held.value?.place ?? null),
    isDesk: computed(() => (held.value?.scope ?? null) !== null),
    roster,
    groups,
    whom,
    group,
    chosen,
    /** How many of them have a card that the new one makes void. */
    printed: computed(() => (held.value ? countPrinted(held.value.cards, chosen.value) : 0)),
    toggle,
    cards,
    failed,
    make: oneAtATime(make),
    forget: () => (cards.value = []),
  };
}

async function readBranch(ledger: Ledger, clock: Clock) {
  const { scope, place, today } = await readDeskBranch(ledger, clock);
  if (scope === null) return { scope, place, roster: [], cards: foldCards([]) };
  const rows = await ledger.records({ kind: CARD_KIND, scope });
  return {
    scope,
    place,
    roster: listedOf(await readRoster(ledger, scope, today)),
    cards: foldCards(rows.filter(({ state }) => state !== 'refused')),
  };
}
