import { computed, ref } from 'vue';
import { FORMER_DEVICES } from '#data/ledger/former-devices.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { OWN_DEVICE_KIND } from '#domain/bodies/own-device.ts';
import { DEVICE_KINDS, REVOCATION_KIND } from '#domain/devices.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import { listDevices, type ListedDevice } from './own-devices.ts';

/** The own phones, and the verb that ends one. */
export function useDevices() {
  const ledger = useLedger();
  const clock = useClock();
  const failed = ref(false);
  const held = useLive(async () => {
    const person = await ledger.current();
    if (!person) return { person, devices: [] };
    const subject = person.person;
    const rows = await Promise.all([
      ledger.records({ kind: DEVICE_KINDS, subject }),
      ledger.records({ kind: OWN_DEVICE_KIND }),
    ]);
    const now = correctedNow(clock, person.offset);
    const former = (await ledger.kept<string[]>(FORMER_DEVICES)) ?? [];
    return { person: subject, devices: listDevices(rows.flat(), person, former, now) };
  }, null);

  /** Ends one of them; it is so once that is on this phone, and holds once the county has it. */
  async function end({ device, scope }: ListedDevice): Promise<void> {
    const subject = held.value?.person;
    if (!subject || !scope) return;
    const written = await ledger.write({ kind: REVOCATION_KIND, scope, subject, body: { device } });
    failed.value = !written.ok;
  }

  return {
    loaded: computed(() => held.value !== null),
    devices: computed(() => held.value?.devices ?? []),
    failed,
    end: oneAtATime(end),
  };
}
