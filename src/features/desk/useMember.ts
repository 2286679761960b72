import { computed, ref } from 'vue';
import { useRoute } from 'vue-router';
import { useLedger } from '#data/use-ledger.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { memberOf, type PersonFault, type PersonForm } from './person-form.ts';
import { tellContacts } from './tell-contacts.ts';
import { changesOf, type StandingFault, type StandingForm } from './standing-form.ts';
import { useDesk } from './useDesk.ts';

/** The person in the address as the desk keeps them, and the verbs that change what is kept. */
export function useMember() {
  const ledger = useLedger();
  const route = useRoute();
  const { desk } = useDesk();
  const fault = ref<PersonFault | StandingFault | 'not-saved' | null>(null);

  /** Null where no roster of this desk has the person; undefined while it is read. */
  const found = computed(() => {
    if (!desk.value) return undefined;
    for (const { scope, roster, unlisted } of desk.value.rosters) {
      const member = [...roster, ...unlisted].find((one) => one.person === route.params['person']);
      if (member) return { scope, member, roster };
    }
    return null;
  });

  async function write(kind: 'member' | 'standing', bodies: readonly object[]): Promise<boolean> {
    if (!found.value) return false;
    const { scope, member } = found.value;
    const drafts = bodies.map((body) => ({ kind, scope, subject: member.person, body }));
    const written = await ledger.writeAll(drafts);
    if (!written.ok) fault.value = 'not-saved';
    return written.ok;
  }

  /** Keeps names, group and by-name; whether they are kept. */
  async function rename(form: PersonForm): Promise<boolean> {
    const body = memberOf(form, found.value?.member.card ?? '');
    fault.value = body.ok ? null : body.error;
    return body.ok && write('member', [body.value]);
  }

  /** Keeps what somebody is from a day on; whether it is kept. */
  async function place(form: StandingForm): Promise<boolean> {
    if (!found.value) return false;
    const changes = changesOf(form, found.value.member);
    fault.value = changes.ok ? null : changes.error;
    if (!changes.ok || changes.value.length === 0) return changes.ok;
    const { scope } = found.value;
    const written = await write('standing', changes.value);
    // What is not told now, the page of contacts offers again.
    if (written) await tellContacts(ledger, scope, today.value);
    return written;
  }

  const today = computed(() => desk.value?.today ?? '');
  /** Who reads this page. */
  const reader = computed(() => desk.value?.person?.person ?? null);
  return { found, reader, today, fault, rename: oneAtATime(rename), place: oneAtATime(place) };
}
