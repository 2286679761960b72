import { computed, ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { roleChangesOf, type RoleFault, type RoleForm } from './role-form.ts';
import { useMember } from './useMember.ts';

/** The role of the person in the address, and the verb by which a secretary gives, ends or hands it over. */
export function useRole() {
  const ledger = useLedger();
  const { found, reader, today } = useMember();
  const fault = ref<RoleFault | 'not-saved' | null>(null);

  /** The reader on this roster, where they are its secretary: nobody else decides on roles here. */
  const self = computed(() => {
    const own = found.value?.roster.find(({ person }) => person === reader.value);
    return own?.role === 'secretary' ? own : null;
  });

  const consents = useLive(() => ledger.records({ kind: 'consent' }), []);
  const hasJoined = computed(() =>
    consents.value.some(
      ({ subject, scope }) =>
        subject === found.value?.member.person && scope === found.value?.scope,
    ),
  );

  /** Keeps what was chosen; whether it is on the phone. */
  async function appoint(form: RoleForm): Promise<boolean> {
    if (!found.value || !self.value) return false;
    const { scope } = found.value;
    const facts = { ...found.value, self: self.value, hasJoined: hasJoined.value };
    const changes = roleChangesOf(form, facts, today.value);
    fault.value = changes.ok ? null : changes.error;
    if (!changes.ok) return false;
    if (changes.value.length === 0) return true;
    const drafts = changes.value.map((change) => ({ kind: 'role', scope, ...change }));
    const written = await ledger.writeAll(drafts);
    if (!written.ok) fault.value = 'not-saved';
    return written.ok;
  }

  return { found, self, hasJoined, today, fault, appoint: oneAtATime(appoint) };
}
