import { computed, ref, type Ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { useLiveLater } from '#data/use-live-later.ts';
import type { ActivityBody } from '#domain/bodies/attendance.ts';
import { DECISION_KIND } from '#domain/decisions.ts';
import type { RoleBody } from '#domain/bodies/organisation.ts';
import type { MemberBody } from '#domain/bodies/people.ts';
import { inOrder } from '#domain/fold.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { readOwnBranches } from './own-branches.ts';
import { foldWaiting, type Row, type Waiting } from './waiting.ts';

/** What waits for this desk, in every branch that it keeps, and the verb that decides. */
export function useWaiting() {
  const ledger = useLedger();
  /** Decided on this visit: they stay in sight, so that a slip can be put right. */
  const decided = ref<ReadonlySet<string>>(new Set());
  const failed = ref(false);
  const rows = useLive((): Promise<Row[] | null> => readOwnBranches(ledger), null);
  const titles = computed(
    () => new Map(of('activity').map(({ id, body }) => [id, (body as ActivityBody).title])),
  );
  /** Everybody's latest name; of whoever is on no list yet the one that their role gives. */
  const people = computed(
    () =>
      new Map(
        [...of('role'), ...of('member')].map((row) => [
          row.subject ?? '',
          (row.body as MemberBody | RoleBody).names,
        ]),
      ),
  );

  function of(wanted: 'activity' | 'member' | 'role'): Row[] {
    return inOrder((rows.value ?? []).filter(({ kind, body }) => kind === wanted && body !== null));
  }

  /** Says whether the record counts; it is so once the decision is on the phone. */
  async function decide({ row }: Waiting, counts: boolean): Promise<void> {
    const { scope, id: record, hash } = row;
    const body = { record, hash, counts };
    const written = await ledger.write({ kind: DECISION_KIND, scope, subject: null, body });
    failed.value = !written.ok;
    if (written.ok) decided.value = new Set([...decided.value, hash]);
  }

  return {
    loaded: computed(() => rows.value !== null),
    waiting: computed(() => foldWaiting(rows.value ?? [], decided.value)),
    people,
    titles,
    failed,
    decide: oneAtATime(decide),
  };
}

/** How much waits for this desk. Read after `isShown` is on the screen: it looks at years of rolls. */
export function useWaitingCount(isShown: () => boolean): Readonly<Ref<number>> {
  const ledger = useLedger();
  return useLiveLater(isShown, async () => foldWaiting(await readOwnBranches(ledger)).length, 0);
}
