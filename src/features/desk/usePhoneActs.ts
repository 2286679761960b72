import { ref } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import { ADMISSION_KIND, PHONES_LOST_KIND, REVOCATION_KIND } from '#domain/devices.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import type { Question } from './questions.ts';

/** Whose phone it is, and in which branch that is written. */
interface Of {
  scope: string;
  person: string;
}

/** The records by which a desk ends a phone or lets one in; each verb answers the first one's id, '' where nothing was saved. */
export function usePhoneActs() {
  const ledger = useLedger();
  const failed = ref(false);

  async function write(drafts: readonly { kind: string; body: object }[], of: Of): Promise<string> {
    const { scope, person: subject } = of;
    const written = await ledger.writeAll(drafts.map((one) => ({ ...one, scope, subject })));
    failed.value = !written.ok;
    return written.ok ? (written.value[0]?.id ?? '') : '';
  }

  /** Ends these phones of the person. */
  async function end(of: Of, devices: readonly string[]): Promise<string> {
    const drafts = devices.map((device) => ({ kind: REVOCATION_KIND, body: { device } }));
    return write(drafts, of);
  }

  /** Ends all phones of somebody with a role, of which the county knows none. */
  const endAll = async ({ scope, person }: Of) =>
    write([{ kind: PHONES_LOST_KIND, body: {} }], { scope, person });

  /** Lets the phone in that asks; the earlier ones end with it. */
  async function admit(of: Extract<Question, { is: 'rejoin' }>): Promise<string> {
    const { device, request } = of;
    return write([{ kind: ADMISSION_KIND, body: { device, request } }], of);
  }

  return {
    failed,
    end: oneAtATime(end),
    endAll: oneAtATime(endAll),
    admit: oneAtATime(admit),
  };
}
