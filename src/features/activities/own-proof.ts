import type { Ledger } from '#data/ledger/ledger.ts';
import { foldActivities } from '#domain/activities.ts';
import type { CheckInBody, CheckInState } from '#domain/bodies/attendance.ts';
import type { ProofBody } from '#domain/bodies/proof.ts';
import { civilDay, civilMinutes } from '#domain/civil-day.ts';
import { readable } from '#domain/fold.ts';
import { foldRoll } from '#domain/roll.ts';
import { waits } from '#domain/waits.ts';

/** How far an own proof has come. */
interface OwnProofState {
  body: ProofBody;
  /** Minutes since midnight at which it was written. */
  minutes: number;
  /** saved: on this phone alone. */
  kept: 'saved' | 'sent' | 'refused';
  /** What the desk's entry says of this person by now; `none` where it looked and did not count them; null before. */
  said: CheckInState | null;
}

/** An own proof and what the desk made of it; null where this phone does not hold it. */
export async function readOwnProof(
  ledger: Pick<Ledger, 'current' | 'records'>,
  id: string,
): Promise<OwnProofState | null> {
  const person = await ledger.current();
  if (!person) return null;
  const subject = person.person;
  const rows = readable(await ledger.records({ kind: ['proof', 'check-in'], subject }));
  const proof = rows.find((row) => row.id === id && row.kind === 'proof');
  if (!proof) return null;
  const checkIns = rows.filter(({ kind, state }) => kind === 'check-in' && state !== 'refused');
  const body = proof.body as ProofBody;
  const decision = checkIns
    .filter((row) => !waits(row))
    .map((row) => row.body as CheckInBody)
    .find(({ proofs }) => proofs?.includes(id));
  const activity = body.way === 'code' ? body.activity : decision?.activity;
  const entry = activity === undefined ? undefined : foldRoll(activity, checkIns).get(subject);
  const { state } = proof;
  return {
    body,
    minutes: civilMinutes(proof.at + (proof.offset ?? 0)),
    kept: state === 'saved' || state === 'refused' ? state : 'sent',
    // An entry from before the scan that this proof is not named in says nothing of it.
    said: entry && (entry.state !== 'none' || decision) ? entry.state : null,
  };
}

/** The last own proof that may be for an activity, which its page shows again; null without one. */
export async function lastOwnProof(
  ledger: Pick<Ledger, 'current' | 'records'>,
  id: string,
): Promise<string | null> {
  const person = await ledger.current();
  const known = await ledger.records({ kind: ['activity', 'activity-change'] });
  const activity = foldActivities(known, person?.grants).find((one) => one.id === id);
  if (!person || !activity) return null;
  const { scope, starts } = activity;
  const day = civilDay(starts);
  const rows = readable(await ledger.records({ kind: 'proof', scope, subject: person.person }));
  const fitting = rows.filter((row) => {
    const body = row.body as ProofBody;
    return body.way === 'code' ? body.activity === id : row.day === day;
  });
  return fitting.sort((a, b) => a.at - b.at).pop()?.id ?? null;
}
