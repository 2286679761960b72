import { computed, ref } from 'vue';
import { useContacts } from '#data/use-contacts.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay } from '#domain/civil-day.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import { contactDrafts, tellContacts } from './tell-contacts.ts';
import { useDesk } from './useDesk.ts';

/** The secretary's side of contacts: each with who it is that calls, and who was not told yet. */
export function useContactsDesk() {
  const ledger = useLedger();
  const clock = useClock();
  const { desk, scope, roster, unlisted } = useDesk();
  const { loaded, today, contacts, failed, note } = useContacts('office', clock);
  const untold = ref(false);
  const toTell = useLive(async () => {
    const person = await ledger.current();
    const day = civilDay(correctedNow(clock, person?.offset ?? null));
    const mine = person?.grants.filter(({ role }) => role === 'secretary') ?? [];
    const counts = mine.map(async (grant) => ({
      scope: grant.scope,
      n: (await contactDrafts(ledger, grant.scope, day)).length,
    }));
    return Promise.all(counts);
  }, []);

  /** Tells each contact person whom to call, or that they need not any more. */
  async function tell(): Promise<void> {
    if (scope.value) untold.value = !(await tellContacts(ledger, scope.value, today.value));
  }

  return {
    loaded: computed(() => loaded.value && desk.value !== null),
    /** Secretary of the branch that the desk shows: the committee sees no contact dates. */
    isSecretary: computed(() =>
      (desk.value?.person?.grants ?? []).some(
        (grant) => grant.scope === scope.value && grant.role === 'secretary',
      ),
    ),
    today,
    contacts: computed(() => {
      const everybody = [...roster.value, ...unlisted.value];
      return contacts.value
        .filter((one) => one.scope === scope.value)
        .map((one) => ({
          ...one,
          caller: everybody.find(({ person }) => person === one.by) ?? null,
        }));
    }),
    toTell: computed(() => toTell.value.find((one) => one.scope === scope.value)?.n ?? 0),
    failed: computed(() => failed.value || untold.value),
    note,
    tell: oneAtATime(tell),
  };
}
