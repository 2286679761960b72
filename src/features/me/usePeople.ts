import { computed, ref } from 'vue';
import { useRouter } from 'vue-router';
import { ownPlace } from '#data/own-place.ts';
import { useCurtain } from '#data/use-curtain.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';

/** Everybody who has joined on this phone, and the verbs that change who is on the screen and what is before it. */
export function usePeople() {
  const ledger = useLedger();
  const router = useRouter();
  const curtain = useCurtain();
  const failed = ref(false);
  const held = useLive(async () => {
    const current = await ledger.current();
    const people = await ledger.people();
    const rows = people.map(async (person) => ({
      ...person,
      place: ownPlace(person),
      isCurrent: person.person === current?.person,
      // Of others no more than how many wait.
      unsent: await ledger.sync.countUnsent(person.person),
    }));
    return { current, people: await Promise.all(rows) };
  }, null);

  /** Puts this person on the screen; whoever was there keeps everything, what is unsent too. */
  async function change(person: string): Promise<void> {
    await ledger.setCurrent(person);
    await router.replace('/');
  }

  /** Draws the curtain with these digits, or takes it away. */
  async function draw(digits: string | null): Promise<void> {
    failed.value = false;
    // Whoever draws it is before the phone now.
    curtain.value = held.value?.current?.person ?? null;
    await ledger.drawCurtain(digits).catch(() => (failed.value = true));
  }

  return {
    loaded: computed(() => held.value !== null),
    current: computed(() => held.value?.current ?? null),
    people: computed(() => held.value?.people ?? []),
    hasCurtain: computed(() => held.value?.current?.curtain !== undefined),
    failed,
    change: oneAtATime(change),
    draw: oneAtATime(draw),
  };
}
