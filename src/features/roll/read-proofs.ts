import type { LedgerRecord, RecordQuery } from '#data/ledger/ledger.ts';
import type { ActivityView } from '#data/activity-view.ts';
import { foldActivities, type Activity } from '#domain/activities.ts';
import type { PresenceKeyBody } from '#domain/bodies/attendance.ts';
import type { ProofBody, ShownBody } from '#domain/bodies/proof.ts';
import { civilDay } from '#domain/civil-day.ts';
import { inOrder, readable } from '#domain/fold.ts';
import { openHall, type Hall } from '#domain/hall.ts';
import { judgeProof, type Timed } from '#domain/judge-proof.ts';
import { foldProofs, ownProofs, type ProofLine } from '#domain/proofs.ts';
import { fromBase64Url } from '#lib/base64.ts';

/** What the desk's phone holds about the own proofs of one meeting. */
interface HeldProofs {
  /** Proofs that may be for it, and what decides them. */
  records: LedgerRecord[];
  hall: Hall;
  clocks: ReadonlyMap<string, Timed>;
}

/** What else is read once there is a proof: who showed what, by which keys, and what was decided. */
const REST = [
  ...['presence-key', 'shown', 'activity', 'activity-change'],
  ...['check-in', 'closing', 'reopening', 'paper-count'],
];

/** Reads them; null where nobody has proven anything, which is all that most rolls ask. */
export async function readProofs(
  ledger: { records(query: RecordQuery): Promise<LedgerRecord[]> },
  { id, scope, starts }: Pick<Activity, 'id' | 'scope' | 'starts'>,
): Promise<HeldProofs | null> {
  const day = civilDay(starts);
  const proofs = standing(await ledger.records({ kind: 'proof', scope })).filter((row) => {
    const body = row.body as ProofBody;
    return body.way === 'code' ? body.activity === id : row.day === day;
  });
  if (proofs.length === 0) return null;
  const rest = standing(await ledger.records({ kind: REST, scope }));
  return {
    records: [...proofs, ...rest],
    hall: hallOf(rest),
    clocks: clocksOf(rest, { id, day }),
  };
}

/** The lines of one meeting that nobody has decided, by person. */
export function linesOf(
  {
    activity,
    roster,
    seconds,
    roll,
  }: Pick<ActivityView<unknown>, 'activity' | 'roster' | 'seconds' | 'roll'>,
  { records, hall, clocks }: HeldProofs,
): Map<string, ProofLine> {
  const people = new Set([...roster, ...seconds].map(({ person }) => person));
  const known = { hall, clocks, people, proofs: ownProofs(records) };
  const judge = (proof: Parameters<typeof judgeProof>[0]) => judgeProof(proof, known);
  return foldProofs(activity.id, { records, roll, judge });
}

function hallOf(rows: readonly LedgerRecord[]): Hall {
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  return openHall({
    keys: of('presence-key').flatMap(({ body }) => {
      const key = fromBase64Url((body as PresenceKeyBody).key);
      return key ? [key] : [];
    }),
    activities: foldActivities(rows).map(({ id, starts }) => ({ id, day: civilDay(starts) })),
    shown: of('shown').map(({ device, body }) => ({ ...(body as ShownBody), device })),
    devices: [...new Set([...of('activity'), ...of('check-in')].map(({ device }) => device))],
  });
}

/** What each device of the desk knew of the time on that day; when it showed this meeting's code, before all. */
function clocksOf(
  rows: readonly LedgerRecord[],
  { id, day }: { id: string; day: string },
): Map<string, Timed> {
  const thatDay = inOrder(rows.filter((row) => row.day === day && row.kind !== 'presence-key'));
  const shows = ({ kind, body }: LedgerRecord) =>
    kind === 'shown' && (body as ShownBody).activity === id;
  const shown = inOrder(rows.filter(shows));
  return new Map(
    [...thatDay, ...shown].map(({ device, offset, offsetAge }) => [device, { offset, offsetAge }]),
  );
}

function standing(rows: readonly LedgerRecord[]): LedgerRecord[] {
  return readable(rows).filter(({ state }) => state !== 'refused');
}
