import { ref } from 'vue';
import { useRandom } from '#data/use-ids.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { foldDevices } from '#domain/devices.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import { invitationState, keptName, newInvitation, stillHolds } from './invitation.ts';

/**
 * The invitation of one person in one branch. Its secret stays on this phone until it is used or
 * over; the county only ever gets the hash.
 */
export function useInvitation(scope: string, person: string, role: 'member' | 'secretary') {
  const ledger = useLedger();
  const random = useRandom();
  const clock = useClock();
  const failed = ref(false);

  const now = async () => correctedNow(clock, (await ledger.current())?.offset ?? null);

  const held = useLive(async () => {
    const kept = stillHolds(await ledger.kept(keptName(person)), await now());
    const records = await ledger.records({ scope, subject: person });
    const hasPhone = foldDevices(records).some(({ ended }) => !ended);
    return { kept, state: invitationState(kept, records, hasPhone) };
  }, null);

  /** Makes a new one; whatever was shown before stays valid until its own end. */
  const invite = oneAtATime(async () => {
    const { secret, body } = newInvitation(role, await now(), random);
    const written = await ledger.write({ kind: 'invitation', scope, subject: person, body });
    failed.value = !written.ok;
    if (!written.ok) return;
    const kept = { record: written.value.id, secret, expires: body.expires };
    await ledger.keep(keptName(person), kept);
  });

  return { held, invite, failed };
}
