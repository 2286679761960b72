import { computed } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { ATTENDED_CHECKED_KIND, ATTENDED_KIND, foldElsewhere } from '#domain/elsewhere.ts';
import { useDesk } from './useDesk.ts';

/** What members of the branch that is chosen handed in of others, each with whose it is. */
export function useElsewhere() {
  const ledger = useLedger();
  const { desk, scope, roster, unlisted } = useDesk();
  const rows = useLive(
    async () =>
      (await ledger.records({ kind: [ATTENDED_KIND, ATTENDED_CHECKED_KIND] })).filter(
        ({ state }) => state !== 'refused',
      ),
    null,
  );
  return {
    loaded: computed(() => desk.value !== null && rows.value !== null),
    keeps: computed(() => scope.value !== null),
    handedIn: computed(() => {
      const everybody = [...roster.value, ...unlisted.value];
      const ours = rows.value?.filter((row) => row.scope === scope.value) ?? [];
      return foldElsewhere(ours).map((one) => ({
        ...one,
        member: everybody.find(({ person }) => person === one.person) ?? null,
      }));
    }),
  };
}
