import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { KEPT_COUNTY } from '#data/county.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Person } from '#data/ledger/person.ts';
import { isDesk } from '#domain/roles.ts';

/** A database that does not answer keeps nobody from reading what needs none. */
const KNOWN_LIMIT_MS = 1_000;

/** Who is using this phone now and in which roles; rows stay in the ledger. */
export const useSession = defineStore('session', () => {
  const person = shallowRef<Person | null>(null);
  /** Whether `person` is what the ledger says: until then nobody's screens are shown. */
  const known = shallowRef(false);
  /** Of a phone on which nobody has joined, as the server last said. */
  const guestCounty = shallowRef<Person['county'] | null>(null);
  /** Whether everything here is a demonstration. */
  const isDemo = computed(() => (person.value?.county ?? guestCounty.value)?.demo ?? false);
  /** How many records of this person are still on the phone alone. */
  const unsent = shallowRef(0);

  /** Roles whose screens this phone keeps for offline use beside the shell. */
  const roles = computed(() => {
    const held = (person.value?.grants ?? []).map((grant) => grant.role);
    const desk = held.some((role) => isDesk(role) || role === 'administrator');
    return [...(desk ? ['desk'] : []), ...(held.includes('reviewer') ? ['publish'] : [])];
  });

  /** Follows the ledger from now on, in every tab. */
  function follow(ledger: Ledger): void {
    setTimeout(() => (known.value = true), KNOWN_LIMIT_MS);
    ledger
      .live(() => ledger.current())
      .subscribe((current) => {
        person.value = current;
        known.value = true;
      });
    ledger
      .live(() => ledger.kept<Person['county']>(KEPT_COUNTY))
      .subscribe((county) => (guestCounty.value = county));
    ledger.live(() => ledger.unsent()).subscribe((count) => (unsent.value = count));
  }

  return { person, known, isDemo, unsent, roles, follow };
});
