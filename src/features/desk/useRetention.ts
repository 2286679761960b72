import { computed, inject, reactive, ref, watch } from 'vue';
import { foresightKey } from '#data/retention.port.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { PERIODS, type RetentionBody } from '#domain/bodies/retention.ts';
import { civilDay } from '#domain/civil-day.ts';
import { foldRetention, keptSince, RETENTION_KIND, USUAL } from '#domain/retention.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';

type Form = Omit<RetentionBody, 'from'>;
/** What would go, and under which form it was asked. */
interface Foreseen {
  rolls: number;
  lines: number;
  messages: number;
  since: ReturnType<typeof keptSince>;
}

/** How long things are kept: what holds, what another choice would take, and the verb that sets it. */
export function useRetention() {
  const ledger = useLedger();
  const clock = useClock();
  const foresight = inject(foresightKey);
  if (!foresight) throw new Error('no foresight was provided');
  const form = reactive<Form>({ ...USUAL });
  const foreseen = ref<Foreseen | null>(null);
  /** The key of the text that says what went wrong. */
  const failed = ref<string | null>(null);
  const saved = ref(false);
  const asking = ref(false);

  const held = useLive(async () => {
    const person = await ledger.current();
    const county = person?.grants.find(({ role }) => role === 'administrator')?.scope ?? null;
    const rows = county ? await ledger.records({ kind: RETENTION_KIND, scope: county }) : [];
    const { from, ...rule } = foldRetention(
      rows.filter(({ state }) => state !== 'refused'),
      civilDay(clock.now()),
    );
    return { county, rule, from };
  }, null);
  watch(held, (now, before) => before || !now || Object.assign(form, now.rule));
  // What was counted is of another choice now.
  watch(form, () => ((foreseen.value = null), (saved.value = false)));

  async function look(): Promise<void> {
    asking.value = true;
    const rule = { ...form };
    const asked = await foresight?.foresee(rule);
    asking.value = false;
    // Nobody asks again by themselves, so none of the words for what waits to be sent.
    failed.value = asked?.ok === false ? 'desk.retention.not-counted' : null;
    const since = keptSince(rule, civilDay(clock.now()));
    foreseen.value = asked?.ok ? { ...asked.value, since } : null;
  }

  async function save(): Promise<void> {
    const scope = held.value?.county;
    if (!scope || !foreseen.value) return;
    const body: RetentionBody = { from: civilDay(clock.now()), ...form };
    const written = await ledger.write({ kind: RETENTION_KIND, scope, body });
    failed.value = written.ok ? null : `errors.${written.error}`;
    saved.value = written.ok;
    if (written.ok) foreseen.value = null;
  }

  return {
    loaded: computed(() => held.value !== null),
    administers: computed(() => (held.value?.county ?? null) !== null),
    ...{ form, periods: PERIODS, foreseen, failed, saved, asking },
    ...{ look: oneAtATime(look), save: oneAtATime(save) },
  };
}
