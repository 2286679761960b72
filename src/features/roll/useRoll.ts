import { computed, ref, shallowRef, watch } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import type { CheckInState } from '#domain/bodies/attendance.ts';
import { civilDay } from '#domain/civil-day.ts';
import { countOf, expectedCount, hereCount, partsOf, quorumOf } from '#domain/roll-parts.ts';
import { correctedNow } from '#lib/clock.ts';
import { useClock } from '#ui/use-clock.ts';
import { createRollDesk, nextState, type TapMode } from './roll-desk.ts';
import { besideOf, groupsOf, guestsOf, openOf, stateIn, type RollLook } from './roll-lines.ts';
import { useAmended } from './useAmended.ts';
import { useProofs } from './useProofs.ts';
import { useRollActivity } from './useRollActivity.ts';

type View = ReturnType<typeof useRollActivity>['view'];

/** The roll call of the activity in the address. */
export function useRoll() {
  const { id, view, when } = useRollActivity();
  const { closing, amended } = useAmended(id);
  const ledger = useLedger();
  const clock = useClock();
  const { failed, note } = useUnkept();
  /** What one tap records. */
  const mode = ref<TapMode>('present');
  // Back among all of them a tap means 到 again.
  const { look, ...sight } = useLook(view, () => (mode.value = 'present'));
  const { past, fromPaper } = usePaperRoll(view);
  const { rows: proofs, openOf: openProofs } = useProofs(id, view);
  const desk = computed(() => {
    const scope = view.value?.activity.scope;
    const deps = { ledger, clock, activity: id, proofs: openProofs };
    return scope ? createRollDesk({ ...deps, scope }) : null;
  });

  /** Marks a person; the row changes when the record is on the phone. */
  async function mark(person: string, state: CheckInState): Promise<void> {
    const done = await desk.value?.tap(person, state, fromPaper.value ? 'paper' : 'tap');
    if (done) note(person, done.ok);
  }

  async function toggle(person: string): Promise<void> {
    if (!view.value) return;
    const doubtful = view.value.roll.get(person)?.toConfirm ?? false;
    await mark(person, nextState(stateIn(view.value, person), doubtful, mode.value));
  }

  /** `by`: who approved that they are not expected; null takes that back. */
  async function exclude(person: string, by: string | null): Promise<void> {
    if (!view.value) return;
    const body = { activity: id, excluded: by !== null, ...(by ? { by } : {}) };
    const at = { kind: 'exclusion', scope: view.value.activity.scope, subject: person };
    note(person, (await ledger.write({ ...at, body })).ok);
  }

  return {
    ...{ id, view, when, mode, past, fromPaper, failed, mark, toggle, exclude, ...sight },
    groups: computed(() => (view.value ? groupsOf(view.value, look.value) : [])),
    beside: computed(() => (view.value ? besideOf(view.value, look.value) : [])),
    guests: computed(() => (view.value ? guestsOf(view.value, look.value) : [])),
    count: computed(() => countOf(view.value)),
    here: computed(() => (view.value ? hereCount(view.value) : 0)),
    expected: computed(() => (view.value ? expectedCount(view.value) : 0)),
    quorum: computed(() => (view.value ? quorumOf(view.value) : null)),
    ...{ proofs, closing, amended },
    /** 不算 leaves the line as it is. */
    decide: async (person: string, counts: boolean) => {
      if (!view.value) return;
      const remote = proofs.value.some((row) => row.subject === person && row.remote);
      const counted = remote ? 'online' : 'present';
      await mark(person, counts ? counted : stateIn(view.value, person));
    },
  };
}

/**
 * Which rows are in sight. Who had said 「我去不了」 is fixed when the roll is opened: what comes meanwhile
 * changes no button under a finger.
 */
function useLook(view: View, onFilter: () => void) {
  const look = shallowRef<RollLook>({ said: new Set(), shown: null, everybody: false });
  const change = (part: Partial<RollLook>) => (look.value = { ...look.value, ...part });
  watch(view, (now) => now && change({ said: new Set(now.absences.keys()) }), { once: true });

  function toggleFilter(): void {
    onFilter();
    change({ shown: look.value.shown || !view.value ? null : openOf(view.value) });
  }

  return {
    look,
    toggleFilter,
    onlyOpen: computed(() => look.value.shown !== null),
    /** Somebody is on the roster who is not expected and not in sight. */
    others: computed(
      () => !look.value.everybody && !!view.value && partsOf(view.value).rest.length > 0,
    ),
    showEverybody: () => void change({ everybody: true }),
  };
}

/** Whose last tap was not kept: what another's brings does not take the word away. */
function useUnkept() {
  const unkept = ref<ReadonlySet<string>>(new Set());
  return {
    failed: computed(() => unkept.value.size > 0),
    note: (person: string, kept: boolean) => {
      const others = [...unkept.value].filter((one) => one !== person);
      unkept.value = new Set(kept ? others : [...others, person]);
    },
  };
}

/** A meeting whose day is over may be typed in from the signed sheet; each line says so then. */
function usePaperRoll(view: View) {
  const clock = useClock();
  const fromPaper = ref(false);
  const past = computed(() => {
    if (!view.value) return false;
    const { activity, person } = view.value;
    return civilDay(activity.starts) < civilDay(correctedNow(clock, person.offset));
  });
  return { past, fromPaper };
}
