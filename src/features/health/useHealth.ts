import { computed, inject, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { healthKey, KEPT_HEALTH, type KeptHealth } from '#data/health.port.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { useNow } from '#ui/use-now.ts';
import { judgeHealth, type Words } from './judge-health.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How the county's machine is: the last answer, asked for anew when the page opens. */
export function useHealth() {
  const health = inject(healthKey);
  if (!health) throw new Error('no health was provided');
  const { t } = useI18n({ useScope: 'global' });
  const ledger = useLedger();
  const now = useNow();
  const asking = ref(false);
  const problem = ref<string | null>(null);
  const held = useLive(async () => {
    const person = await ledger.current();
    const administers = person?.grants.some(({ role }) => role === 'administrator') ?? false;
    return { administers, kept: await ledger.kept<KeptHealth>(KEPT_HEALTH) };
  }, null);

  async function ask(): Promise<void> {
    if (asking.value) return;
    asking.value = true;
    const asked = await health?.ask();
    asking.value = false;
    problem.value = asked?.ok === false ? t(problemOf(asked.error)) : null;
  }
  void ask();

  /** 9 天, 3 小时, 5 分钟 */
  function ageWords(ms: number): string {
    if (ms >= 2 * DAY_MS) return t('health.age.days', { n: Math.floor(ms / DAY_MS) });
    if (ms >= HOUR_MS) return t('health.age.hours', { n: Math.floor(ms / HOUR_MS) });
    return t('health.age.minutes', { n: Math.max(1, Math.floor(ms / MINUTE_MS)) });
  }
  const said = ({ key, age, values }: Words) =>
    t(`health.${key}`, { ...values, ...(age !== undefined && { age: ageWords(age) }) });

  const kept = computed(() => held.value?.kept ?? null);
  /** Since the answer came, ms. */
  const age = computed(() => Math.max(0, now.value - (kept.value?.at ?? now.value)));
  const lines = computed(() =>
    kept.value
      ? judgeHealth(kept.value.facts, kept.value.facts.now + age.value).map((line) => ({
          name: t(`health.${line.name}.name`),
          words: said(line.words),
          todo: line.todo && said(line.todo),
        }))
      : [],
  );
  return {
    loaded: computed(() => held.value !== null),
    administers: computed(() => held.value?.administers ?? false),
    lines,
    todos: computed(() => lines.value.filter(({ todo }) => todo !== null).length),
    asked: computed(() => (kept.value ? t('health.asked', { age: ageWords(age.value) }) : null)),
    ...{ asking, problem, ask },
  };
}

/** A question is not kept and sent later, as records are: only a log-in page needs words of its own. */
function problemOf(error: string): string {
  return error === 'network.portal' ? `errors.${error}` : 'health.not-asked';
}
