/**
 * The members' own proofs of one meeting beside its roll. A proof never changes the roll: it stands
 * beside an entry of the desk's, or asks the desk for one tap. It is decided as soon as a check-in names
 * it, whatever that says, and is a hint no more; so also after closing and with no second person there.
 */
import type { CheckInBody } from './bodies/attendance.ts';
import type { ClosingBody, ReopeningBody } from './bodies/closing.ts';
import type { ProofBody } from './bodies/proof.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { correctedAt, type Doubt, type Judgement, type OwnProof } from './judge-proof.ts';
import { foldPaper } from './paper.ts';
import type { RollEntry } from './roll.ts';
import { waits } from './waits.ts';

/** A record with what its device knew of the time. */
export type ProofRecord = Foldable<unknown> & Pick<OwnProof, 'device' | 'offset' | 'offsetAge'>;

/** What one person's own proofs say of one meeting; one line a person, however often they scanned. */
export interface ProofLine extends Pick<Judgement, 'offsetUnknown' | 'skew'> {
  subject: string;
  /** All that nobody has decided, in a fixed order; a decision names them. */
  records: string[];
  way: ProofBody['way'];
  /** When, ms, corrected as far as it was known. */
  at: number;
  /** joined: the desk has them there already, nothing to do. to-confirm: one tap. doubt: 请书记看一眼. */
  is: 'joined' | 'to-confirm' | 'doubt';
  /** Why a person has to look, or why the record itself waits (waits.ts). */
  doubt: Doubt | null;
  confirm: string | null;
}

interface Meeting {
  /** Proofs, check-ins, closings and numbers on paper of the branch, in any order. */
  records: readonly ProofRecord[];
  roll: ReadonlyMap<string, Pick<RollEntry, 'state'>>;
  judge: (proof: OwnProof) => Judgement;
}

/** The open lines of `activity`, by person. */
export function foldProofs(activity: string, meeting: Meeting): Map<string, ProofLine> {
  const { records, roll, judge } = meeting;
  const decided = decidedProofs(records);
  const lines = new Map<string, ProofLine>();
  for (const record of inFixedOrder(records)) {
    if (decided.has(record.id) || !record.subject) continue;
    const proof = ownProof(record);
    const judged = judge(proof);
    if (!judged.activities.includes(activity)) continue;
    const one = lineOf(record, proof, { judged, here: isHere(roll.get(proof.subject)) });
    lines.set(proof.subject, together(lines.get(proof.subject), one));
  }
  return withHeads(lines, roll, countedHeads(activity, records));
}

/** A `proof` record as the judge takes it. */
function ownProof(record: ProofRecord): OwnProof {
  return { ...record, subject: record.subject ?? '', body: record.body as ProofBody };
}

/** The proofs among these records that say something, each once. */
export function ownProofs(records: readonly ProofRecord[]): OwnProof[] {
  return inFixedOrder(records).map(ownProof);
}

/** By id and not by time or number: a line must not change when one of its records gets its number. */
function inFixedOrder(records: readonly ProofRecord[]): ProofRecord[] {
  const byId = new Map<string, ProofRecord>();
  for (const record of readable(records)) {
    if (record.kind !== 'proof' || record.subject !== record.author) continue;
    const before = byId.get(record.id);
    // Of two with one id the one that stands is the one that waits for nobody.
    if (!before || (waits(before) && !waits(record))) byId.set(record.id, record);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What the desk's entries name as decided. */
function decidedProofs(records: readonly Foldable<unknown>[]): Set<string> {
  const entries = readable(records).filter(
    (record) => record.kind === 'check-in' && !waits(record),
  );
  return new Set(entries.flatMap(({ body }) => (body as CheckInBody).proofs ?? []));
}

function lineOf(
  record: ProofRecord,
  proof: OwnProof,
  { judged, here }: { judged: Judgement; here: boolean },
): ProofLine {
  const { offsetUnknown, skew, doubt } = judged;
  const confirm = record.confirm ?? null;
  const asked = doubt || confirm ? ('doubt' as const) : ('to-confirm' as const);
  return {
    ...{ subject: proof.subject, records: [record.id], way: proof.body.way },
    ...{ at: correctedAt(proof), offsetUnknown, skew, doubt, confirm },
    is: here ? 'joined' : asked,
  };
}

/** Several proofs of one person are one line: a good one is enough, else the first stands. */
function together(before: ProofLine | undefined, one: ProofLine): ProofLine {
  if (!before) return one;
  const better = before.is === 'doubt' && one.is !== 'doubt' ? one : before;
  return { ...better, records: [...before.records, ...one.records] };
}

/** More people than were counted in the hall: whoever nobody saw is looked at once more. */
function withHeads(
  lines: Map<string, ProofLine>,
  roll: Meeting['roll'],
  heads: number | null,
): Map<string, ProofLine> {
  const good = [...lines.values()].filter(({ is }) => is === 'to-confirm');
  const there = [...roll.values()].filter(({ state }) => state === 'present').length;
  if (heads === null || there + good.length <= heads) return lines;
  for (const line of good) lines.set(line.subject, { ...line, is: 'doubt', doubt: 'heads' });
  return lines;
}

/**
 * How many were counted in the hall besides those on paper, by the last closing that was not taken back;
 * null before any.
 */
function countedHeads(activity: string, records: readonly Foldable<unknown>[]): number | null {
  const standing = inOrder(readable(records)).filter((record) => !waits(record));
  const reopened = new Set(
    standing
      .filter(({ kind }) => kind === 'reopening')
      .flatMap(({ body }) => (body as ReopeningBody).closings),
  );
  const last = standing
    .filter(({ id, kind }) => kind === 'closing' && !reopened.has(id))
    .map(({ body }) => body as ClosingBody)
    .filter((body) => body.activity === activity)
    .pop();
  return last ? last.headcount - foldPaper(activity, records).here : null;
}

const isHere = (entry: Pick<RollEntry, 'state'> | undefined) =>
  entry?.state === 'present' || entry?.state === 'online';
