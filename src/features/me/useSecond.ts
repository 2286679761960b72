import { computed, ref, shallowRef } from 'vue';
import { readBranchNames } from '#data/branch-names.ts';
import { signReport } from '#data/report-code.ts';
import { useRandom } from '#data/use-ids.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { SecondBody } from '#domain/bodies/second.ts';
import { civilDay } from '#domain/civil-day.ts';
import { reportLink } from '#domain/report-code.ts';
import { isOfBranch } from '#domain/roles.ts';
import { foldSeconds, SECOND_KIND } from '#domain/seconds.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';

/** Reporting to a second branch: the own code for its desk, and where this person reports already. */
export function useSecond() {
  const ledger = useLedger();
  const clock = useClock();
  const random = useRandom();
  const link = shallowRef<string | null>(null);
  const fault = ref<'no-key' | 'not-saved' | null>(null);
  const held = useLive(async () => {
    const person = await ledger.current();
    const today = civilDay(correctedNow(clock, person?.offset ?? null));
    const rows = await ledger.records({ kind: SECOND_KIND, subject: person?.person ?? '' });
    const own = rows.filter(({ state }) => state !== 'refused');
    const names = await readBranchNames(ledger, person?.grants ?? []);
    return { person, today, own, names };
  }, null);

  /** The second branches of today, each with its name where it has reached the phone. */
  const branches = computed(() => {
    const { own = [], names, person, today = '' } = held.value ?? {};
    const scopes = (person?.grants ?? []).filter(({ role }) => role === 'second');
    return scopes.map(({ scope }) => {
      const rows = own.filter((row) => row.scope === scope);
      const [stay] = foldSeconds(rows, [], { day: today });
      const ended = rows.some(
        ({ state, body }) => state === 'saved' && (body as SecondBody | null)?.way === 'out',
      );
      return { scope, names: names?.get(scope) ?? null, as: stay?.as ?? null, ended };
    });
  });

  async function show(): Promise<void> {
    const { person, today } = held.value ?? {};
    if (!person || !today) return;
    const report = await signReport({ crypto: globalThis.crypto, random }, person, today);
    fault.value = report ? null : 'no-key';
    link.value = report && reportLink(location.origin, report);
  }

  /** 「不再到这里报到」, also with no network. */
  async function end(scope: string): Promise<void> {
    const { person, today } = held.value ?? {};
    const draft = { kind: SECOND_KIND, scope, subject: person?.person ?? null };
    const written = await ledger.write({ ...draft, body: { way: 'out', day: today } });
    fault.value = written.ok ? null : 'not-saved';
  }

  return {
    loaded: computed(() => held.value !== null),
    person: computed(() => held.value?.person ?? null),
    /** Whoever is nobody's member has nothing to report from. */
    hasBranch: computed(
      () => held.value?.person?.grants.some(({ role }) => isOfBranch(role)) ?? false,
    ),
    ...{ branches, link, fault },
    show: oneAtATime(show),
    end: oneAtATime(end),
  };
}
