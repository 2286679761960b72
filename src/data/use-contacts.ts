import { computed, ref } from 'vue';
import { civilDay, isCivilDay } from '#domain/civil-day.ts';
import {
  CONTACT_KIND,
  CONTACT_PERSON_KIND,
  foldContacts,
  isLongAgo,
  type Contact,
} from '#domain/contacts.ts';
import { isOfBranch, type Grant } from '#domain/roles.ts';
import { correctedNow, type Clock } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useLedger, useLive } from './use-ledger.ts';

type Ledger = ReturnType<typeof useLedger>;

/** Somebody whom a contact person calls, where that is kept, and whether it is time for a kind word. */
export interface ContactHere extends Contact {
  scope: string;
  longAgo: boolean;
}

/**
 * Contacts and their dates: one's own (`mine`), or as secretary all of the branch's (`office`); nobody
 * else has any on the phone. And the verb by which the two write one down or take it back.
 */
export function useContacts(of: 'mine' | 'office', clock: Clock) {
  const ledger = useLedger();
  const failed = ref(false);
  const held = useLive(() => ledger.atOnce(() => read(ledger, clock, of)), null);

  /** Writes down that they were in touch on `day`, or that it was a slip; whether it is kept. */
  async function note({ scope, by, member }: ContactHere, day: string, not = false) {
    if (!isCivilDay(day) || day > (held.value?.today ?? '')) return false;
    const body = { member, day, ...(not ? { not } : {}) };
    const written = await ledger.write({ kind: CONTACT_KIND, scope, subject: by, body });
    failed.value = !written.ok;
    return written.ok;
  }

  return {
    loaded: computed(() => held.value !== null),
    today: computed(() => held.value?.today ?? ''),
    contacts: computed(() => held.value?.contacts ?? []),
    failed,
    note: oneAtATime(note),
  };
}

async function read(ledger: Ledger, clock: Clock, of: 'mine' | 'office') {
  const person = await ledger.current();
  const today = civilDay(correctedNow(clock, person?.offset ?? null));
  const contacts: ContactHere[] = [];
  for (const scope of scopesOf(person?.grants ?? [], of)) {
    const kind = [CONTACT_PERSON_KIND, CONTACT_KIND];
    const rows = await ledger.records({ kind, scope });
    const pairs = foldContacts(
      rows.filter(({ state }) => state !== 'refused'),
      today,
    );
    const seen = pairs.filter(({ by }) => of === 'office' || by === person?.person);
    contacts.push(...seen.map((one) => ({ ...one, scope, longAgo: isLongAgo(one, today) })));
  }
  return { today, contacts };
}

function scopesOf(grants: readonly Grant[], of: 'mine' | 'office'): Set<string> {
  const may = ({ role }: Grant) => (of === 'office' ? role === 'secretary' : isOfBranch(role));
  return new Set(grants.filter(may).map(({ scope }) => scope));
}
