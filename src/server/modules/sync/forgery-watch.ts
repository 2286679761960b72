/**
 * A changed app that writes for other people. What it sends is refused by its author, device and
 * scope (judge-record.ts); the phone's own app asks before it saves, so that of an honest phone hardly
 * anything ever is.
 *
 * Promises: whoever had more refused within an hour than any meeting has lines is told to come again
 * until the hour is over, so that nobody is kept busy by it; that is an act once an hour, with numbers
 * and no name. Each process counts for itself, in memory that is bounded: it slows, it is no wall.
 */
import { personScope } from '#domain/roles.ts';
import type { Clock } from '#lib/clock.ts';
import { appendAct } from '#server/db/acts.ts';
import { inScopes, type Database } from '#server/db/database.ts';
import type { Session } from '#server/http/session.ts';
import type { Outcome } from './result-runs.ts';

/** More than a secretary writes in a day who does not know yet that the role has ended. */
const REFUSED_MAX = 200;
const HOUR_MS = 3_600_000;
/** So many devices at once are no phones any more; the oldest is forgotten. */
const DEVICES_MAX = 10_000;

/** In the name of, or for, somebody or something that is not the sender's. */
const FOREIGN: readonly string[] = ['author', 'device', 'writer', 'scope'];

export interface ForgeryWatch {
  /** Whether this device has to wait until its hour is over. */
  turnsAway(device: string): boolean;
  /** Counts what was refused; never throws. */
  note(session: Session, outcomes: readonly Outcome[]): Promise<void>;
}

export function createForgeryWatch(deps: {
  database: Database;
  clock: Clock;
  onError: (error: unknown) => void;
}): ForgeryWatch {
  const seen = new Map<string, { since: number; refused: number }>();

  /** This hour's count of a device; a new one where its last hour is over. */
  function hourOf(device: string) {
    const hour = seen.get(device);
    if (hour && deps.clock.now() - hour.since < HOUR_MS) return hour;
    seen.delete(device);
    return { since: deps.clock.now(), refused: 0 };
  }

  return {
    turnsAway: (device) => hourOf(device).refused > REFUSED_MAX,
    async note(session, outcomes) {
      const refused = outcomes.filter(isForeign).length;
      if (refused === 0) return;
      const hour = hourOf(session.device);
      const wasFew = hour.refused <= REFUSED_MAX;
      hour.refused += refused;
      seen.set(session.device, hour);
      const [oldest] = seen.keys();
      if (seen.size > DEVICES_MAX && oldest !== undefined) seen.delete(oldest);
      if (wasFew && hour.refused > REFUSED_MAX)
        await writeAct(deps, session, hour.refused).catch(deps.onError);
    },
  };
}

const isForeign = ({ code, reason }: Outcome) =>
  code === 'forbidden' && FOREIGN.includes(reason ?? '');

function writeAct(
  { database, clock }: { database: Database; clock: Clock },
  { person, device, grants }: Session,
  records: number,
): Promise<void> {
  const scope = grants[0]?.scope ?? personScope(person);
  const act = { kind: 'refuse', by: { person, device }, scope, detail: { records } } as const;
  return inScopes(database, [scope], (tx) => appendAct(tx, act, clock.now()));
}
