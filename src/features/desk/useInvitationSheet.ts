import { computed, ref, shallowRef } from 'vue';
import { useRandom } from '#data/use-ids.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import { invitablePeople, papersFor, type Paper } from './invitation-sheet.ts';
import { useDesk } from './useDesk.ts';

/**
 * A sheet of invitations, one paper a person. Their secrets are in this page's memory alone: whoever
 * leaves it has to make new ones.
 */
export function useInvitationSheet() {
  const ledger = useLedger();
  const random = useRandom();
  const clock = useClock();
  const { desk, scope, roster } = useDesk();
  /** Whom the secretary has left out. */
  const without = ref<ReadonlySet<string>>(new Set());
  const papers = shallowRef<Paper[]>([]);
  const failed = ref(false);

  const arrived = useLive(() => ledger.records({ kind: 'consent' }), null);
  const people = computed(() => {
    const here = (arrived.value ?? []).filter((row) => row.scope === scope.value);
    return invitablePeople(roster.value, here);
  });
  const chosen = computed(() => people.value.filter(({ person }) => !without.value.has(person)));

  function toggle(person: string): void {
    const left = new Set(without.value);
    if (!left.delete(person)) left.add(person);
    without.value = left;
  }

  /** Makes an invitation for everybody chosen, in one transaction; needs no network. */
  async function make(): Promise<void> {
    if (!scope.value) return;
    const now = correctedNow(clock, (await ledger.current())?.offset ?? null);
    const made = papersFor(chosen.value, { now, random, origin: location.origin });
    const to = { kind: 'invitation', scope: scope.value };
    const written = await ledger.writeAll(
      made.map(({ member, body }) => ({ ...to, subject: member.person, body })),
    );
    failed.value = !written.ok;
    if (written.ok) papers.value = made;
  }

  const place = computed(
    () => desk.value?.rosters.find((one) => one.scope === scope.value)?.names ?? null,
  );
  return {
    loaded: computed(() => desk.value !== null && arrived.value !== null),
    people,
    chosen,
    toggle,
    choose: (all: boolean) =>
      (without.value = new Set(all ? [] : people.value.map(({ person }) => person))),
    papers,
    place,
    failed,
    make: oneAtATime(make),
    forget: () => (papers.value = []),
  };
}
