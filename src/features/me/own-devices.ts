import { civilDay } from '#domain/civil-day.ts';
import { foldDevices, type DeviceRow, type OwnDevice } from '#domain/devices.ts';

/** One phone of a person as the list tells it. */
export interface ListedDevice {
  device: string;
  isHere: boolean;
  /** Civil day from which it has been theirs. */
  since: string;
  ended: 'saved' | 'told' | null;
  /** What it is, where it came by a 搬 code. */
  where: OwnDevice['where'];
  /** Server time, ms, at which it ends by itself; null where it does not. */
  until: number | null;
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
 * ids of this very phone, which are no phones of their own. `now`: server time, ms.
 */
export function listDevices(
  records: readonly DeviceRow[],
  here: Here,
  former: readonly string[],
  now: number,
): ListedDevice[] {
  const known = foldDevices(records);
  const isHere = (device: string) => device === here.device || former.includes(device);
  const places = here.grants.map(({ scope }) => scope);
  const placeOf = (scope: string) => (places.includes(scope) ? scope : (places[0] ?? null));
  const mine = known.find(({ device }) => isHere(device));
  const others = known.filter(({ device }) => !isHere(device));
  const self = known.find(({ device }) => device === here.device);
  /** What was lent is over by itself, whether or not anybody has said so. */
  const endOf = (one: OwnDevice | undefined) =>
    one?.ended ?? (one && one.until !== null && now >= one.until ? 'told' : null);
  const own: ListedDevice = {
    device: here.device,
    isHere: true,
    since: mine?.since ?? civilDay(here.joinedAt),
    ...{ ended: endOf(self), where: self?.where ?? null, until: self?.until ?? null },
    scope: placeOf(mine?.scope ?? ''),
  };
  const listed = others.map((one) => {
    const { device, since, where, until, scope } = one;
    const what = { device, isHere: false, since, where, until };
    return { ...what, ended: endOf(one), scope: placeOf(scope) };
  });
  return [own, ...listed.filter((one) => !one.ended), ...listed.filter((one) => one.ended)];
}
