/**
 * Which codes and digits fit a branch's meetings: what a desk's phone can tell from the presence keys
 * that it holds and from the devices that showed a code. Made for one reading; every secret and every
 * slot's digits are worked out once.
 */
import type { ProofBody } from './bodies/proof.ts';
import { DIGITS_SLOT_MS, digitsSlot, hallDigits, hallProof, hallSecret } from './hall-code.ts';

type ScannedBody = Extract<ProofBody, { way: 'code' }>;

/** One device that shows, or may have shown, the code of an activity. */
export interface Showing {
  activity: string;
  device: string;
}

/** Digits that fit: whose they are, and the end of the time for which they are good, ms. */
interface DigitsFit {
  showing: Showing;
  from: number;
  until: number;
}

export interface Hall {
  /** Whether a key of the branch made this code. */
  fits(code: ScannedBody): boolean;
  /** What the digits may be for, of the activities of a day, where they were typed between these times. */
  find(digits: string, day: string, typed: (showing: Showing) => Between): DigitsFit[];
  /** The activities of a day. */
  on(day: string): string[];
}

/** Corrected times, ms, both included. */
export interface Between {
  from: number;
  until: number;
}

/**
 * `keys`: every presence key that the branch ever had, for it changes when a desk role ends. `devices`:
 * all of the desk; they are tried where nothing says who showed a meeting's code, as after a phone was lost.
 */
export function openHall(known: {
  keys: readonly Uint8Array[];
  activities: readonly { id: string; day: string }[];
  shown: readonly Showing[];
  devices: readonly string[];
}): Hall {
  const secrets = new Map<string, Uint8Array[]>();
  const made = new Map<string, string[]>();

  /** One for each key. */
  function secretsOf({ activity, device }: Showing): Uint8Array[] {
    const name = `${activity} ${device}`;
    const held = secrets.get(name) ?? known.keys.map((key) => hallSecret(key, activity, device));
    secrets.set(name, held);
    return held;
  }
  function digitsOf(showing: Showing, slot: number): string[] {
    const name = `${showing.activity} ${showing.device} ${slot}`;
    const held = made.get(name) ?? secretsOf(showing).map((secret) => hallDigits(secret, slot));
    made.set(name, held);
    return held;
  }
  function showingsOf(activity: string): Showing[] {
    const shown = known.shown.filter((one) => one.activity === activity);
    if (shown.length > 0) return shown;
    return known.devices.map((device) => ({ activity, device }));
  }
  const on = (day: string) => known.activities.filter((one) => one.day === day).map(({ id }) => id);

  return {
    on,
    fits: (code) => secretsOf(code).some((secret) => hallProof(secret, code.slot) === code.proof),
    find: (digits, day, typed) =>
      on(day)
        .flatMap(showingsOf)
        .flatMap((showing) =>
          slotsOf(typed(showing))
            .filter((slot) => digitsOf(showing, slot).includes(digits))
            .map((slot) => ({ showing, ...goodIn(slot) })),
        ),
  };
}

/** While it is shown, and for as long again: nobody of 68 types faster. */
function goodIn(slot: number): Between {
  return { from: slot * DIGITS_SLOT_MS, until: (slot + 2) * DIGITS_SLOT_MS };
}

/** The slots whose digits are good at some time between. */
function slotsOf({ from, until }: Between): number[] {
  const first = digitsSlot(from) - 1;
  return Array.from({ length: digitsSlot(until) - first + 1 }, (_, at) => first + at);
}
