import { computed, ref } from 'vue';
import { namesIn, ownPlace } from '#data/own-place.ts';
import { regain, type Regained } from '#data/recovery-card.ts';
import { useRandom } from '#data/use-ids.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { cardText, readCard, type CardMistake } from '#domain/recovery-card.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useAddressWords } from '#ui/use-address-words.ts';

/** The current person's recovery card, and the way back with one. */
export function useCard() {
  const ledger = useLedger();
  const random = useRandom();
  const typed = ref('');
  useAddressWords((brought) => (typed.value = brought));
  const mistake = ref<CardMistake | null>(null);
  const failed = ref(false);
  const regained = ref<Regained | null>(null);
  const held = useLive(async () => {
    const person = await ledger.current();
    const place = person && ownPlace(person, namesIn(await ledger.records({ kind: 'about' })));
    return { person: person && { ...person, place } };
  }, null);
  const person = computed(() => held.value?.person ?? null);
  const text = computed(() => person.value && cardText(person.value.person, person.value.key));

  async function use(): Promise<void> {
    if (!person.value) return;
    const key = readCard(typed.value, person.value.person);
    mistake.value = key.ok ? null : key.error;
    regained.value = null;
    failed.value = false;
    if (!key.ok) return;
    const result = await regain({ ledger, crypto: globalThis.crypto, random }, key.value);
    failed.value = !result.ok;
    if (!result.ok) return;
    regained.value = result.value;
    typed.value = '';
  }

  return {
    loaded: computed(() => held.value !== null),
    ...{ person, text, typed, mistake, failed, regained },
    /** What the code on the card holds: scanned by any camera it opens this page with the card in it. */
    link: computed(() => `${location.origin}/me/card#${(text.value ?? '').replace(/ /g, '')}`),
    use: oneAtATime(use),
  };
}
