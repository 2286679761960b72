import { computed, ref, shallowRef, watch } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import type { CheckInState } from '#domain/bodies/attendance.ts';
import { countRoll, type RollEntry } from '#domain/roll.ts';
import type { RosterMember } from '#domain/roster.ts';
import { useClock } from '#ui/use-clock.ts';
import { createRollDesk, nextState } from './roll-desk.ts';
import { useActivity } from './useActivity.ts';

/** The roll call of the activity in the address. */
export function useRoll() {
  const { id, view, when } = useActivity();
  const ledger = useLedger();
  const clock = useClock();
  const failed = ref(false);
  /** Who is shown while only the open ones are: fixed when the filter was set, so that no row moves. */
  const shown = shallowRef<ReadonlySet<string> | null>(null);

  const said = saidAtFirst(view);
  const stateOf = (person: string): CheckInState => view.value?.roll.get(person)?.state ?? 'none';
  const isOpen = (one: RosterMember) => stateOf(one.person) === 'none' && one.state !== 'excused';
  const roster = computed(() => view.value?.roster ?? []);
  const rows = computed(() =>
    roster.value
      .filter(({ person }) => shown.value?.has(person) ?? true)
      .map((member) => ({
        member,
        state: stateOf(member.person),
        // Nobody waits for whoever is 可不到会: nothing is made of it.
        cannot: said.value.has(member.person) && member.state !== 'excused',
        ...doubtOf(view.value?.roll.get(member.person)),
      })),
  );
  const count = computed(() =>
    countRoll(roster.value, view.value?.roll ?? new Map(), view.value?.erased),
  );
  const desk = computed(() => {
    const scope = view.value?.activity.scope;
    return scope ? createRollDesk({ ledger, clock, activity: id, scope }) : null;
  });

  /** Marks a person; the row changes when the record is on the phone. */
  async function mark(person: string, state: CheckInState): Promise<void> {
    const done = await desk.value?.tap(person, state);
    if (done) failed.value = !done.ok;
  }

  return {
    id,
    view,
    when,
    rows,
    count,
    failed,
    onlyOpen: computed(() => shown.value !== null),
    mark,
    toggle: (person: string) => {
      const doubtful = view.value?.roll.get(person)?.toConfirm ?? false;
      return mark(person, nextState(stateOf(person), doubtful));
    },
    toggleFilter: () => {
      const open = roster.value.filter(isOpen).map(({ person }) => person);
      shown.value = shown.value ? null : new Set(open);
    },
  };
}

const doubtOf = (entry: RollEntry | undefined) => ({
  toConfirm: entry?.toConfirm ?? false,
  confirm: entry?.confirm ?? null,
});

/** Who had said 「我去不了」 when the roll was opened: what comes meanwhile changes no button under a finger. */
function saidAtFirst(view: ReturnType<typeof useActivity>['view']) {
  const said = shallowRef<ReadonlySet<string>>(new Set());
  watch(view, (now) => now && (said.value = new Set(now.absences.keys())), { once: true });
  return said;
}
