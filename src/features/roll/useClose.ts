import { computed, ref, watch } from 'vue';
import { useClosingView } from '#data/use-closing-view.ts';
import { useLedger } from '#data/use-ledger.ts';
import { waitingLooks } from '#domain/closing.ts';
import { differenceOf, hereOf } from '#domain/headcount.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import type { Result } from '#lib/result.ts';
import { createCloseDesk } from './close-desk.ts';
import { useRollActivity } from './useRollActivity.ts';

/** Ending the roll call of the activity in the address, and what comes after. */
export function useClose() {
  const { id, view, when } = useRollActivity();
  const ledger = useLedger();
  const held = useClosingView(id);
  const desk = createCloseDesk(ledger, id);
  const failed = ref(false);
  /** The difference about which a person is asked; null while nobody is. */
  const asked = ref<number | null>(null);
  const { headcount, here, forget } = useHeadcount(id, held);
  watch(headcount, () => (asked.value = null));

  const closing = computed(() => held.value?.closing ?? null);
  const waiting = computed(() => (closing.value ? waitingLooks(closing.value) : []));

  /** Whether it went well; what a person has to decide first is no failure. */
  async function took(done: Promise<Result<unknown, unknown>>): Promise<boolean> {
    const result = await done;
    asked.value = !result.ok && typeof result.error === 'number' ? result.error : null;
    failed.value = !result.ok && asked.value === null;
    return result.ok;
  }

  return {
    ...{ id, view, when, held, closing, headcount, here, asked, failed },
    difference: computed(() => (held.value ? differenceOf(held.value.hall, headcount.value) : 0)),
    /** Somebody else should look at something; `mayLook`: this person may. */
    waits: computed(() => waiting.value.length > 0),
    mayLook: computed(() => waiting.value.some(({ by }) => by !== held.value?.person)),
    close: oneAtATime(async (asIs: boolean) => {
      if (await took(desk.close(headcount.value, asIs))) forget();
    }),
    recount: () => (asked.value = null),
    reopen: oneAtATime(() => took(desk.reopen())),
    look: oneAtATime(() => took(desk.look())),
  };
}

/** Under this name the number that was counted last is kept: somebody goes back to the names and comes again. */
const DRAFT = 'headcount';

/** What is counted in the hall: as many as the roll has, until somebody has counted; kept until it is closed. */
function useHeadcount(activity: string, held: ReturnType<typeof useClosingView>) {
  const ledger = useLedger();
  const counted = ref<number | null>(null);
  void ledger.kept<{ activity: string; heads: number }>(DRAFT).then((kept) => {
    if (kept?.activity === activity) counted.value ??= kept.heads;
  });
  const here = computed(() => (held.value ? hereOf(held.value.hall) : 0));
  const headcount = computed({
    get: () => counted.value ?? here.value,
    set: (heads) => {
      counted.value = heads;
      void ledger.keep(DRAFT, { activity, heads });
    },
  });
  function forget(): void {
    counted.value = null;
    void ledger.keep(DRAFT, null);
  }
  return { here, headcount, forget };
}
