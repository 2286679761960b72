import { civilDay } from '#domain/civil-day.ts';
import { foldDevices, type DeviceRow } from '#domain/devices.ts';

/** One phone of a person as the list tells it. */
export interface ListedDevice {
  device: string;
  isHere: boolean;
  /** Civil day from which it has been theirs. */
  since: string;
  ended: 'saved' | 'told' | null;
  /** Where its end is written; null where this person has no place to write in. */
  scope: string | null;
}

/** What the phone knows of its own person. */
export interface Here {
  device: string;
  joinedAt: number;
  grants: readonly { scope: string }[];
}

/**
 * This phone first, then the others in the order of joining, those that ended last. `former`: earlier
 * ids of this very phone, which are no phones of their own.
 */
export function listDevices(
  records: readonly DeviceRow[],
  here: Here,
  former: readonly string[],
): ListedDevice[] {
  const known = foldDevices(records);
  const isHere = (device: string) => device === here.device || former.includes(device);
  const places = here.grants.map(({ scope }) => scope);
  const placeOf = (scope: string) => (places.includes(scope) ? scope : (places[0] ?? null));
  const mine = known.find(({ device }) => isHere(device));
  const others = known.filter(({ device }) => !isHere(device));
  const own: ListedDevice = {
    device: here.device,
    isHere: true,
    since: mine?.since ?? civilDay(here.joinedAt),
    ended: known.find(({ device }) => device === here.device)?.ended ?? null,
    scope: placeOf(mine?.scope ?? ''),
  };
  const listed = others.map(({ device, since, ended, scope }) => {
    return { device, isHere: false, since, ended, scope: placeOf(scope) };
  });
  return [own, ...listed.filter((one) => !one.ended), ...listed.filter((one) => one.ended)];
}
