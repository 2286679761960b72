import type { RecordQuery, RecordState } from './ledger/ledger.ts';
import { ACTIVITY_KINDS, foldActivities } from '#domain/activities.ts';
import { foldClosing, type Closing } from '#domain/closing.ts';
import { foldHall, type HallCount } from '#domain/hall-count.ts';
import { hasDesk, type Grant } from '#domain/roles.ts';
import { CLOSING_KINDS, type MeetingRecord } from '#domain/meeting-records.ts';

type Row = MeetingRecord & { scope: string; state: RecordState };

/** What reading a closing asks of the ledger. */
export interface ClosingLedger {
  current(): Promise<{ person: string; grants: readonly Grant[] } | null>;
  records(query: RecordQuery): Promise<readonly Row[]>;
}

/** What a desk's phone holds of the end of one roll call. */
export interface ClosingView {
  /** Whose phone it is: nobody looks at their own amendments. */
  person: string;
  scope: string;
  hall: HallCount;
  closing: Closing | null;
  /** How far the record of the closing has come, as the ledger says; null while the roll is open. */
  state: RecordState | null;
}

/** Reads how the roll of an activity ended; null where this person does not keep it. */
export async function readClosing(ledger: ClosingLedger, id: string): Promise<ClosingView | null> {
  const person = await ledger.current();
  const activities = person ? await ledger.records({ kind: ACTIVITY_KINDS }) : [];
  const activity = foldActivities(activities, person?.grants).find((one) => one.id === id);
  if (!person || !activity || !hasDesk(person.grants, activity.scope)) return null;
  const { scope } = activity;
  const held = await ledger.records({ kind: CLOSING_KINDS, scope });
  // What the server refused counts for nobody.
  const records = held.filter(({ state }) => state !== 'refused');
  const closing = foldClosing(activity, records);
  return {
    ...{ person: person.person, scope, closing, hall: foldHall(id, records) },
    state: records.find((record) => record.id === closing?.record)?.state ?? null,
  };
}
