import { PLACE_MAX, type TransferBody } from '#domain/bodies/transfer.ts';
import { isCivilDay } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { typedLine } from '#lib/typed-text.ts';

/** What the secretary chooses for somebody who leaves. */
export interface TransferForm {
  /** A branch of this county, which takes over by a code, or somewhere else. */
  where: 'county' | 'elsewhere';
  place: string;
  from: string;
}

/** Which field needs another look; each has a text under desk.wrong. */
export type TransferFault = 'role-day' | 'name-long';

/** The record that lets them go. Nothing begins on a day that is still to come. */
export function leavingOf(
  { where, place, from }: TransferForm,
  { today, code }: { today: string; code: string },
): Result<Extract<TransferBody, { way: 'out' }>, TransferFault> {
  const to = typedLine(place);
  if (!isCivilDay(from) || from > today) return fail('role-day');
  if (to.length > PLACE_MAX) return fail('name-long');
  return ok({
    way: 'out',
    day: from,
    ...(where === 'county' && { code }),
    ...(to && { to }),
  });
}
