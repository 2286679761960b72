import { computed, ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay } from '#domain/civil-day.ts';
import { inOrder, readable } from '#domain/fold.ts';
import { foldObjections, OBJECTION_KIND } from '#domain/objections.ts';
import { ANSWER_KIND, foldRequests, type Asked } from '#domain/requests.ts';
import { isDesk } from '#domain/roles.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import type { Row } from './waiting.ts';

type Ledger = ReturnType<typeof useLedger>;

/** What people asked of this desk about their records, and the verb that says whether it is done. */
export function useRequests() {
  const ledger = useLedger();
  const clock = useClock();
  const failed = ref(false);
  /** Answered on this visit: they stay in sight, so that a slip can be put right. */
  const answered = ref<ReadonlySet<string>>(new Set());
  const held = useLive(async () => {
    const offset = (await ledger.current())?.offset ?? null;
    const kinds = ['request', 'answer', OBJECTION_KIND, 'member', 'role', 'activity', 'check-in'];
    return { rows: await readDesks(ledger, kinds), today: civilDay(correctedNow(clock, offset)) };
  }, null);
  const rows = computed(() => inOrder(readable(held.value?.rows ?? [])));

  /** Says that it is done, or not yet after all; it is so once it is on the phone. */
  async function answer({ id, scope, person }: Answered, done: boolean): Promise<void> {
    const body = { request: id, done };
    const written = await ledger.write({ kind: ANSWER_KIND, scope, subject: person, body });
    failed.value = !written.ok;
    if (written.ok) answered.value = new Set([...answered.value, id]);
  }

  return {
    loaded: computed(() => held.value !== null),
    today: computed(() => held.value?.today ?? ''),
    rows,
    asked: computed(() =>
      foldRequests(rows.value).filter(({ id, done }) => !done || answered.value.has(id)),
    ),
    /** Whose line in a roll is wrong, as they say; what they said past this desk never comes here. */
    objections: computed(() =>
      foldObjections(rows.value).filter(({ id, seen }) => !seen || answered.value.has(id)),
    ),
    failed,
    answer: oneAtATime(answer),
  };
}

type Answered = Pick<Asked, 'id' | 'scope' | 'person'>;

/** How many requests are not done yet, and how many objections nobody has looked at. */
export async function countRequests(ledger: Ledger): Promise<number> {
  const rows = await readDesks(ledger, ['request', 'answer', OBJECTION_KIND]);
  const open = foldObjections(rows).filter(({ seen }) => !seen);
  return foldRequests(rows).filter(({ done }) => !done).length + open.length;
}

/** The records of these kinds in every branch whose desk this person is at; what was refused is none. */
async function readDesks(ledger: Ledger, kinds: readonly string[]): Promise<Row[]> {
  const grants = (await ledger.current())?.grants ?? [];
  const scopes = new Set(grants.filter(({ role }) => isDesk(role)).map(({ scope }) => scope));
  const read = [...scopes].map((scope) => ledger.records({ kind: kinds, scope }));
  return (await Promise.all(read)).flat().filter(({ state }) => state !== 'refused');
}
