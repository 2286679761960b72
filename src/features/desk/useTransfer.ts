import { computed, ref } from 'vue';
import { useRandom } from '#data/use-ids.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { newCard } from '#domain/qr-codes.ts';
import { foldLeaving, offerLink } from '#domain/transfers.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { leavingOf, type TransferFault, type TransferForm } from './transfer-form.ts';
import { useRole } from './useRole.ts';

/** The person in the address on the way to another branch, and the verbs by which their secretary lets them go. */
export function useTransfer() {
  const ledger = useLedger();
  const random = useRandom();
  const { found, self, hasJoined, today } = useRole();
  const fault = ref<TransferFault | 'not-saved' | null>(null);
  const rows = useLive(() => ledger.records({ kind: 'transfer' }), null);

  const leaving = computed(() => {
    const { scope, member } = found.value ?? {};
    const here = (rows.value ?? []).filter((row) => row.scope === scope && row.state !== 'refused');
    return member ? foldLeaving(member.person, here) : null;
  });
  /** What the other branch's secretary scans or is sent; null where nobody of the county takes over. */
  const link = computed(() => {
    const code = leaving.value?.code;
    if (!code || !found.value) return null;
    const { person, names } = found.value.member;
    return offerLink(location.origin, { person, code, names });
  });

  async function write(drafts: readonly { kind: string; body: object }[]): Promise<void> {
    if (!found.value) return;
    const { scope, member } = found.value;
    const of = { scope, subject: member.person };
    const written = await ledger.writeAll(drafts.map((draft) => ({ ...draft, ...of })));
    fault.value = written.ok ? null : 'not-saved';
  }

  /** They leave; both records together, the one that lets them go first. */
  async function letGo(form: TransferForm): Promise<void> {
    const body = leavingOf(form, { today: today.value, code: newCard(random) });
    fault.value = body.ok ? null : body.error;
    if (!body.ok) return;
    const standing = { of: 'state', is: 'unlisted', from: body.value.day };
    await write([
      { kind: 'transfer', body: body.value },
      { kind: 'standing', body: standing },
    ]);
  }

  /** They stay after all; the code opens nothing any more. */
  async function takeBack(): Promise<void> {
    const code = leaving.value?.code;
    const back = code ? [{ kind: 'transfer', body: { way: 'stay', code } }] : [];
    const standing = { of: 'state', is: 'listed', from: today.value };
    await write([...back, { kind: 'standing', body: standing }]);
  }

  return {
    ...{ found, self, hasJoined, today, fault, leaving, link },
    loaded: computed(() => rows.value !== null && found.value !== undefined),
    letGo: oneAtATime(letGo),
    takeBack: oneAtATime(takeBack),
  };
}
