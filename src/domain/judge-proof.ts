/**
 * What a member's own proof is worth (ARCHITECTURE.md, "Presence without a network"). Nothing is
 * refused: what is good becomes a one-tap 待核对 or stands beside the desk's entry, a doubt is a hint
 * 「请书记看一眼」 and its reason, and a person decides (proofs.ts).
 */
import { HOUSEHOLD_MAX, type ProofBody } from './bodies/proof.ts';
import { CODE_SLOT_MS } from './hall-code.ts';
import type { Between, Hall, Showing } from './hall.ts';

/** A code is good for so long after its slot: later it was a screenshot sent on, or a photograph. */
export const LATE_MS = 60_000;

/** Digits are guessed: more wrong ones than this by one device on a day, and all of them wait (ARCHITECTURE.md). */
export const TRIES_MAX = 3;

/** Clocks that differ by more are worth a word; the slot says when it was all the same. */
const SKEW_MS = 5 * 60_000;

/**
 * A crystal drifts some 2 s a day: after a month the correction itself is a minute off, and is as good as
 * none.
 */
export const OFFSET_GOOD_MS = 30 * 86_400_000;

/** Two corrections that were measured over a slow line differ by seconds. */
const APART_MS = 10_000;

/** A clock that was never compared may show any time of the day. */
const HALF_DAY_MS = 12 * 3_600_000;

/**
 * late: scanned after its slot was over · wrong-code: no key of the branch made it · no-activity: the
 * digits fit nothing of that day · several: they fit two meetings · tries: too many wrong ones before or
 * after · not-of-branch: nobody on the roster · many: one phone for more than a household · heads: more
 * people than were counted in the hall (proofs.ts).
 */
export type Doubt =
  'late' | 'wrong-code' | 'no-activity' | 'several' | 'tries' | 'not-of-branch' | 'many' | 'heads';

/** What was known of a clock when it wrote a record. */
export interface Timed {
  /** ms; null where it was never compared with the server's. */
  offset: number | null;
  /** How old that knowledge was, ms. */
  offsetAge: number | null;
}

/** A `proof` record as it is judged. */
export interface OwnProof extends Timed {
  id: string;
  subject: string;
  device: string;
  day: string;
  /** The phone's own clock, ms. */
  at: number;
  body: ProofBody;
}

/** What the judge has to know besides. */
export interface Known {
  hall: Hall;
  /** What each device of the desk knew of its clock; one that is not in it is not known. */
  clocks: ReadonlyMap<string, Timed>;
  /** Everybody on the roster that day, and who reports here. */
  people: ReadonlySet<string>;
  /** All proofs of the branch, this one too. */
  proofs: readonly OwnProof[];
}

export interface Judgement {
  /** What it may be for: one where it is good; doubtful digits are for all that was on that day. */
  activities: readonly string[];
  /** Why a person has to look; null where it is good. */
  doubt: Doubt | null;
  /** 时间未核: the clock of one side was never compared. It counts all the same. */
  offsetUnknown: boolean;
  /** The phone's clock was far from the desk's; the slot stands. */
  skew: boolean;
}

/** Judges one proof; what it says does not depend on the order in which anything came. */
export function judgeProof(proof: OwnProof, known: Known): Judgement {
  const { body, subject } = proof;
  const judged =
    body.way === 'code' ? judgeCode(proof, body, known) : judgeDigits(proof, body.digits, known);
  return known.people.has(subject) ? judged : { ...judged, doubt: 'not-of-branch' };
}

function judgeCode(
  proof: OwnProof,
  code: Extract<ProofBody, { way: 'code' }>,
  known: Known,
): Judgement {
  const slot = { from: code.slot * CODE_SLOT_MS, until: (code.slot + 1) * CODE_SLOT_MS };
  const timed = isTimed(proof) && isTimed(known.clocks.get(code.device));
  const late = timed && correctedAt(proof) > slot.until + LATE_MS;
  const doubt = known.hall.fits(code) ? (late ? 'late' : isMany(proof, known)) : 'wrong-code';
  return {
    activities: [code.activity],
    doubt,
    offsetUnknown: !timed,
    skew: doubt !== 'late' && isFar(proof.at, slot),
  };
}

function judgeDigits(proof: OwnProof, digits: string, known: Known): Judgement {
  const fits = known.hall.find(digits, proof.day, typedIn(proof, known));
  const activities = [...new Set(fits.map(({ showing }) => showing.activity))];
  const wrong = wrongTries(proof, known) > TRIES_MAX;
  const timed =
    isTimed(proof) &&
    (fits.length === 0 || fits.some(({ showing }) => isBothTimed(proof, showing, known)));
  const marks = {
    offsetUnknown: !timed,
    skew: fits.length > 0 && fits.every((fit) => isFar(proof.at, fit)),
  };
  if (activities.length === 1 && !wrong)
    return { activities, doubt: isMany(proof, known), ...marks };
  const doubt = wrong ? 'tries' : activities.length > 1 ? 'several' : 'no-activity';
  const on = activities.length > 0 ? activities : known.hall.on(proof.day);
  return { activities: on, doubt, ...marks };
}

/** Of each reading, by device and day: counted anew for each of hundreds it would stop the desk's phone. */
const counted = new WeakMap<Known, Map<string, number>>();

/** How many digits of this device fit nothing that day. */
function wrongTries({ device, day }: OwnProof, known: Known): number {
  const counts = counted.get(known) ?? new Map<string, number>();
  counted.set(known, counts);
  const key = `${device} ${day}`;
  const wrong = counts.get(key) ?? countWrong({ device, day }, known);
  counts.set(key, wrong);
  return wrong;
}

function countWrong({ device, day }: Pick<OwnProof, 'device' | 'day'>, known: Known): number {
  return known.proofs.filter(
    (one) =>
      one.device === device &&
      one.day === day &&
      one.body.way === 'digits' &&
      known.hall.find(one.body.digits, day, typedIn(one, known)).length === 0,
  ).length;
}

/** A household on one phone is ordinary and never flagged; twenty people in a hall are. */
function isMany({ device, day, body }: OwnProof, { proofs }: Known): 'many' | null {
  const same = proofs.filter((one) => one.device === device && one.day === day);
  const people = new Set(same.map(({ subject }) => subject)).size;
  return Math.max(people, body.people ?? 0) > HOUSEHOLD_MAX ? 'many' : null;
}

/** When the digits were typed, by the desk's clock, as far as that can be told. */
function typedIn(proof: OwnProof, known: Known): (showing: Showing) => Between {
  const at = correctedAt(proof);
  return (showing) =>
    isBothTimed(proof, showing, known)
      ? { from: at, until: at + APART_MS }
      : { from: at - HALF_DAY_MS, until: at + HALF_DAY_MS };
}

function isBothTimed(proof: OwnProof, { device }: Showing, { clocks }: Known): boolean {
  return isTimed(proof) && isTimed(clocks.get(device));
}

function isTimed(clock: Timed | undefined): boolean {
  return !!clock && clock.offset !== null && (clock.offsetAge ?? 0) <= OFFSET_GOOD_MS;
}

/** When it was written, by the server's clock as far as it was known, ms. */
export function correctedAt({ at, offset }: Pick<OwnProof, 'at' | 'offset'>): number {
  return at + (offset ?? 0);
}

const isFar = (at: number, { from, until }: Between) => at < from - SKEW_MS || at > until + SKEW_MS;
