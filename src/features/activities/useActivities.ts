import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { readBranchNames } from '#data/branch-names.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay, civilMinutes } from '#domain/civil-day.ts';
import { foldNotices, NOTICE_KIND } from '#domain/notices.ts';
import { isDesk, isInBranch } from '#domain/roles.ts';
import { correctedNow } from '#lib/clock.ts';
import { useClock } from '#ui/use-clock.ts';
import { useWhen } from '#ui/use-when.ts';
import {
  ACTIVITY_KINDS,
  foldActivities,
  splitActivities,
  type Activity,
} from '#domain/activities.ts';

/** Everything on, coming and past that this phone holds, and what this person may do with it. */
export function useActivities() {
  const ledger = useLedger();
  const clock = useClock();
  const { t } = useI18n();
  const { whenWords } = useWhen();
  const held = useLive(
    () =>
      ledger.atOnce(async () => {
        const person = await ledger.current();
        const records = await ledger.records({ kind: ACTIVITY_KINDS });
        const notices = await ledger.records({ kind: NOTICE_KIND });
        const branches = await readBranchNames(ledger, person?.grants ?? []);
        return { person, branches, notices, activities: foldActivities(records, person?.grants) };
      }),
    null,
  );
  const today = () => civilDay(correctedNow(clock, held.value?.person?.offset ?? null));
  const grants = computed(() => held.value?.person?.grants ?? []);

  return {
    loaded: computed(() => held.value !== null),
    joined: computed(() => held.value?.person != null),
    /** Has a card there: reviewers and administrators have none. */
    inBranch: computed(() => grants.value.some(({ role }) => isInBranch(role))),
    /** Was let go, and no other branch has taken them over so far. */
    left: computed(() => grants.value.some(({ role }) => role === 'left')),
    mayOpen: computed(() => grants.value.some((grant) => isDesk(grant.role))),
    administers: computed(() => grants.value.some((grant) => grant.role === 'administrator')),
    lists: computed(() => splitActivities(held.value?.activities ?? [], today())),
    /** What the branches have to say today. */
    notices: computed(() => foldNotices(held.value?.notices ?? [], today())),
    /** The branch's name where this person is in several. */
    branchOf: ({ scope }: Pick<Activity, 'scope'>) => held.value?.branches.get(scope),
    whenOf: ({ starts, change }: Activity) => {
      const when = whenWords(civilDay(starts), civilMinutes(starts), today());
      return change ? t(`activities.${change}`, { when }) : when;
    },
  };
}
