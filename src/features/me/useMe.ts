import { computed } from 'vue';
import { namesIn, ownPlace } from '#data/own-place.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay } from '#domain/civil-day.ts';
import { foldOwnRules, OWN_RULES_KIND } from '#domain/own-rules.ts';
import { isInBranch, isOfBranch, type Role } from '#domain/roles.ts';
import { foldRoster } from '#domain/roster.ts';
import { correctedNow } from '#lib/clock.ts';
import { useClock } from '#ui/use-clock.ts';

/** Highest first: the one that is said beside the name. */
const TOLD_ROLES: readonly Role[] = ['administrator', 'reviewer', 'secretary', 'committee'];

/** Who this phone's person is, as far as the phone knows. */
export function useMe() {
  const ledger = useLedger();
  const clock = useClock();
  const held = useLive(async () => {
    const person = await ledger.current();
    if (!person) return { person, group: null, rules: [] };
    const scope = person.grants.find(({ role }) => isOfBranch(role))?.scope;
    const here = scope === undefined ? {} : { scope };
    const rows = await ledger.records({ kind: 'member', subject: person.person, ...here });
    const abouts = scope === undefined ? [] : await ledger.records({ kind: 'about', scope });
    const today = civilDay(correctedNow(clock, person.offset));
    const place = ownPlace(person, namesIn(abouts));
    const said = scope === undefined ? [] : await ledger.records({ kind: OWN_RULES_KIND, scope });
    const rules = foldOwnRules(said.filter(({ state }) => state !== 'refused'));
    const group = foldRoster(rows, today)[0]?.group ?? null;
    return { person: { ...person, place }, group, rules };
  }, null);
  const person = computed(() => held.value?.person ?? null);
  const roles = computed(() => person.value?.grants.map((grant) => grant.role) ?? []);

  return {
    loaded: computed(() => held.value !== null),
    person,
    group: computed(() => held.value?.group ?? null),
    /** The branch's own 「五不」; none where it typed none. */
    rules: computed(() => held.value?.rules ?? []),
    role: computed(() => TOLD_ROLES.find((role) => roles.value.includes(role)) ?? 'member'),
    /** Has a card there: reviewers and administrators have none. */
    inBranch: computed(() => roles.value.some(isInBranch)),
    /** Left a branch: on the way to another the code is for its secretary. */
    left: computed(() => roles.value.includes('left')),
    administers: computed(() => roles.value.includes('administrator')),
    reviews: computed(() => roles.value.includes('reviewer')),
  };
}
