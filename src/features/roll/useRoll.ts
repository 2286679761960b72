import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import type { CheckInState } from '#domain/bodies/attendance.ts';
import { SECOND_AS } from '#domain/bodies/second.ts';
import { countRoll, type RollEntry } from '#domain/roll.ts';
import type { RosterMember } from '#domain/roster.ts';
import { useClock } from '#ui/use-clock.ts';
import { createRollDesk, nextState } from './roll-desk.ts';
import { useRollActivity } from './useRollActivity.ts';

/** One name of a roll, with what its row says. */
export interface RollLine {
  member: RosterMember;
  state: CheckInState;
  /** Said ahead that they cannot come. */
  cannot: boolean;
  toConfirm: boolean;
  confirm: string | null;
}

/** The roll call of the activity in the address. */
export function useRoll() {
  const { id, view, when } = useRollActivity();
  const ledger = useLedger();
  const clock = useClock();
  const failed = ref(false);
  /** Who is shown while only the open ones are: fixed when the filter was set, so that no row moves. */
  const shown = shallowRef<ReadonlySet<string> | null>(null);

  const said = saidAtFirst(view);
  const stateOf = (person: string): CheckInState => view.value?.roll.get(person)?.state ?? 'none';
  const isOpen = (one: RosterMember) => stateOf(one.person) === 'none' && one.state !== 'excused';
  const roster = computed(() => view.value?.roster ?? []);
  const { rows, guests, seconds } = listRows(view, { said, shown, stateOf });
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
    guests,
    guestsHere: computed(() => seconds.value.filter((one) => isHere(stateOf(one.person))).length),
    count,
    failed,
    onlyOpen: computed(() => shown.value !== null),
    mark,
    toggle: (person: string) => {
      const doubtful = view.value?.roll.get(person)?.toConfirm ?? false;
      return mark(person, nextState(stateOf(person), doubtful));
    },
    toggleFilter: () => {
      const all = [...roster.value, ...seconds.value];
      const open = all.filter(isOpen).map(({ person }) => person);
      shown.value = shown.value ? null : new Set(open);
    },
  };
}

/** The lines of the branch's own, and of those who report here under a head of their own. */
function listRows(
  view: ReturnType<typeof useRollActivity>['view'],
  {
    said,
    shown,
    stateOf,
  }: {
    said: Readonly<Ref<ReadonlySet<string>>>;
    shown: Readonly<Ref<ReadonlySet<string> | null>>;
    stateOf: (person: string) => CheckInState;
  },
) {
  const seconds = computed(() => view.value?.seconds ?? []);
  const rowsOf = (members: readonly RosterMember[]): RollLine[] =>
    members
      .filter(({ person }) => shown.value?.has(person) ?? true)
      .map((member) => ({
        member,
        state: stateOf(member.person),
        // Nobody waits for whoever is 可不到会: nothing is made of it.
        cannot: said.value.has(member.person) && member.state !== 'excused',
        ...doubtOf(view.value?.roll.get(member.person)),
      }));
  const guests = computed(() =>
    SECOND_AS.map((as) => ({
      as,
      rows: rowsOf(seconds.value.filter((one) => one.as === as)),
    })).filter((part) => part.rows.length > 0),
  );
  return { seconds, guests, rows: computed(() => rowsOf(view.value?.roster ?? [])) };
}

const isHere = (state: CheckInState) => state === 'present' || state === 'online';

const doubtOf = (entry: RollEntry | undefined) => ({
  toConfirm: entry?.toConfirm ?? false,
  confirm: entry?.confirm ?? null,
});

/** Who had said 「我去不了」 when the roll was opened: what comes meanwhile changes no button under a finger. */
function saidAtFirst(view: ReturnType<typeof useRollActivity>['view']) {
  const said = shallowRef<ReadonlySet<string>>(new Set());
  watch(view, (now) => now && (said.value = new Set(now.absences.keys())), { once: true });
  return said;
}
