/** What a phone shows of its branch: the app's own folds over what the phone holds, as comparable lines. */
import { foldRoll } from '#domain/roll.ts';
import { foldRoster } from '#domain/roster.ts';
import type { CheckInBody } from '#domain/bodies/attendance.ts';
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import { rollLine, rosterLine, type Projection } from './model.ts';

/** The projection as the screens fold it: refused records count for nobody. */
export function project(held: readonly LedgerRecord[]): Projection {
  const standing = held.filter(({ state }) => state !== 'refused');
  const taps = standing.filter(({ kind }) => kind === 'check-in');
  const activities = new Set(taps.map(({ body }) => (body as CheckInBody).activity));
  const roster = foldRoster(standing, '2026-03-01').map(({ person, names, group, card }) =>
    rosterLine(person, { names, card, ...(group === null ? {} : { group }) }),
  );
  const rolls = [...activities].flatMap((activity) =>
    [...foldRoll(activity, standing).values()].map((entry) =>
      rollLine(activity, entry.subject, entry),
    ),
  );
  return { roster, rolls: rolls.sort() };
}
