import { ref, watch } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import type { Paper } from '#domain/paper.ts';

/** The two numbers of those on paper alone, as they are counted at the foot of a roll. */
export function usePaper(held: { activity: string; scope: string; paper: Paper }) {
  const ledger = useLedger();
  const paper = ref<Paper>({ ...held.paper });
  const failed = ref(false);
  let saving = 0;

  // What is on the phone shows once every press is on it: a number never runs back under a finger.
  watch(
    () => held.paper,
    (now) => saving === 0 && (paper.value = { ...now }),
  );

  async function save(kind: string, body: object): Promise<void> {
    saving += 1;
    const written = await ledger.write({ kind, scope: held.scope, subject: null, body });
    saving -= 1;
    failed.value = !written.ok;
    if (!written.ok) paper.value = { ...held.paper };
  }

  return {
    paper,
    failed,
    setHere(here: number): Promise<void> {
      paper.value.here = here;
      return save('paper-count', { activity: held.activity, here });
    },
    setPeople(people: number): Promise<void> {
      paper.value.people = people;
      return save('paper-people', { people });
    },
  };
}
