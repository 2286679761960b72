import { computed, inject, ref } from 'vue';
import { moveTroubleOf, type MoveTrouble } from '#data/move-trouble.ts';
import { KEPT_MOVE, movingKey, type MadeMove, type MoveWay } from '#data/moving.port.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useNow } from '#ui/use-now.ts';

/** So long after its end a code is still spoken of: whoever comes back a day later begins anew. */
const SAID_MS = 3_600_000;

/** The current person's 搬 code, kept while it is good, and the verbs round it. */
export function useMove() {
  const moving = inject(movingKey);
  if (!moving) throw new Error('no moving was provided');
  const ledger = useLedger();
  const now = useNow();
  const way = ref<MoveWay>('phone');
  const busy = ref(false);
  const trouble = ref<MoveTrouble | null>(null);
  const dropped = ref(false);
  const held = useLive(async () => {
    const person = await ledger.current();
    return { person, made: person && (await ledger.kept<MadeMove>(KEPT_MOVE)) };
  }, null);
  const made = computed(() => {
    const one = held.value?.made;
    return one && now.value < one.until + SAID_MS ? one : null;
  });
  const isOver = computed(() => made.value !== null && now.value >= made.value.until);

  async function make(): Promise<void> {
    [busy.value, trouble.value, dropped.value] = [true, null, false];
    const result = await moving?.make(way.value);
    busy.value = false;
    if (result && !result.ok) trouble.value = moveTroubleOf(result.error);
  }

  /** Takes the code back; what is over needs no network to be put away. */
  async function drop(): Promise<void> {
    if (isOver.value) return ledger.keep(KEPT_MOVE, null);
    trouble.value = null;
    const result = await moving?.takeBack();
    dropped.value = result?.ok ?? false;
    if (result && !result.ok) trouble.value = moveTroubleOf(result.error);
  }

  return {
    loaded: computed(() => held.value !== null),
    person: computed(() => held.value?.person ?? null),
    ...{ way, busy, trouble, dropped, made, isOver },
    make: oneAtATime(make),
    drop: oneAtATime(drop),
  };
}
