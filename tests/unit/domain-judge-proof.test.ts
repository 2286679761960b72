import { describe, expect, it } from 'vitest';
import { HOUSEHOLD_MAX, type ProofBody } from '#domain/bodies/proof.ts';
import {
  CODE_SLOT_MS,
  DIGITS_SLOT_MS,
  hallDigits,
  hallProof,
  hallSecret,
} from '#domain/hall-code.ts';
import { openHall } from '#domain/hall.ts';
import {
  judgeProof,
  LATE_MS,
  OFFSET_GOOD_MS,
  TRIES_MAX,
  type Known,
  type OwnProof,
} from '#domain/judge-proof.ts';
import { testId } from '#tests/support/test-ledger.ts';

const DAY = '2026-11-23';
/** Half past seven in the evening; a code's slot and the digits' slot begin with it. */
const T0 = Date.parse(`${DAY}T19:30:00+08:00`);
const HOUR = 3_600_000;
const [MEETING, OTHER_MEETING, SCREEN, OTHER_SCREEN] = [1, 2, 3, 4].map(testId) as [
  string,
  string,
  string,
  string,
];
const KEY = new Uint8Array(32).fill(7);
const OLD_KEY = new Uint8Array(32).fill(8);
const CLOCK_KNOWN = { offset: 0, offsetAge: HOUR };

function known(
  change: Partial<Known> & { shown?: [string, string][]; days?: string[] } = {},
): Known {
  const { shown = [[MEETING, SCREEN]], days = [DAY], ...rest } = change;
  const hall = openHall({
    keys: [KEY, OLD_KEY],
    activities: days.map((day, at) => ({ id: at === 0 ? MEETING : OTHER_MEETING, day })),
    shown: shown.map(([activity, device]) => ({ activity, device })),
    devices: [SCREEN, OTHER_SCREEN],
  });
  const clocks = new Map([SCREEN, OTHER_SCREEN].map((device) => [device, CLOCK_KNOWN]));
  return { hall, clocks, people: new Set(['huang']), proofs: [], ...rest };
}

const slotOf = (time: number) => Math.floor(time / CODE_SLOT_MS);

function scanned(change: Partial<Extract<ProofBody, { way: 'code' }>> = {}, key = KEY): ProofBody {
  const [activity, device, slot] = [MEETING, SCREEN, change.slot ?? slotOf(T0)];
  const proof = hallProof(hallSecret(key, activity, device), slot);
  return {
    ...{ way: 'code', activity, device, type: 'lecture', starts: T0, slot, proof },
    ...change,
  };
}

function digitsOf(time: number, activity = MEETING, device = SCREEN): ProofBody {
  const slot = Math.floor(time / DIGITS_SLOT_MS);
  return { way: 'digits', digits: hallDigits(hallSecret(KEY, activity, device), slot) };
}

let made = 0;
function proof(body: ProofBody, change: Partial<OwnProof> = {}): OwnProof {
  made += 1;
  return {
    ...{ id: testId(1_000 + made), subject: 'huang', device: 'phone', day: DAY, at: T0, body },
    ...{ offset: 0, offsetAge: HOUR },
    ...change,
  };
}

const GOOD = { activities: [MEETING], doubt: null, offsetUnknown: false, skew: false };

describe('a scan of the hall code', () => {
  it('is good while its slot is on the screen and a minute after it', () => {
    const end = T0 + CODE_SLOT_MS;
    for (const at of [T0, end, end + LATE_MS])
      expect(judgeProof(proof(scanned(), { at }), known())).toEqual(GOOD);
  });

  it('A-01 of a photograph that came later waits for a person and is not lost', () => {
    const at = T0 + CODE_SLOT_MS + LATE_MS + 1;
    expect(judgeProof(proof(scanned(), { at }), known())).toEqual({ ...GOOD, doubt: 'late' });
    // The clock of the phone changes nothing: what was known of it is taken off first.
    const fast = proof(scanned(), { at: at + 3 * HOUR, offset: -3 * HOUR });
    expect(judgeProof(fast, known())).toMatchObject({ doubt: 'late' });
  });

  it('A-05 by a phone three hours fast is good by its slot, with a word about the clock', () => {
    const fast = { at: T0 + 3 * HOUR, offset: -3 * HOUR };
    expect(judgeProof(proof(scanned(), fast), known())).toEqual({ ...GOOD, skew: true });
    // Nobody ever compared it: the slot is the witness.
    const never = { at: T0 + 3 * HOUR, offset: null, offsetAge: null };
    expect(judgeProof(proof(scanned(), never), known())).toEqual({
      ...GOOD,
      ...{ skew: true, offsetUnknown: true },
    });
    const slow = { at: T0 - 3 * HOUR };
    expect(judgeProof(proof(scanned(), slow), known())).toEqual({ ...GOOD, skew: true });
  });

  it.each([
    ['the member’s phone', { offset: null, offsetAge: null }, {}],
    ['the member’s phone for more than a month', { offsetAge: OFFSET_GOOD_MS + 1 }, {}],
    ['the desk’s phone', {}, { clocks: new Map([[SCREEN, { offset: null, offsetAge: null }]]) }],
    ['a desk’s phone that nothing is known of', {}, { clocks: new Map() }],
  ])('is good and marked 时间未核 where the clock of %s was not compared', (_, change, more) => {
    const late = { at: T0 + CODE_SLOT_MS + LATE_MS + 1, ...change };
    expect(judgeProof(proof(scanned(), late), known(more))).toEqual({
      ...GOOD,
      offsetUnknown: true,
    });
  });

  it('is good under a key that was replaced since, and on a screen that wrote nothing', () => {
    expect(judgeProof(proof(scanned({}, OLD_KEY)), known({ shown: [] }))).toEqual(GOOD);
  });

  it.each([
    ['made by nobody of the desk', scanned({ proof: '0'.repeat(16) })],
    ['of another slot', scanned({ ...scanned(), slot: slotOf(T0) + 1 } as never)],
    ['of another meeting', scanned({ ...scanned(), activity: OTHER_MEETING } as never)],
    ['of another screen', scanned({ ...scanned(), device: OTHER_SCREEN } as never)],
    ['of another branch', scanned({}, new Uint8Array(32).fill(9))],
  ])('that was %s asks a person to look', (_, body) => {
    expect(judgeProof(proof(body), known()).doubt).toBe('wrong-code');
  });

  it('of somebody who is on no roster of the branch asks a person to look', () => {
    const guest = proof(scanned(), { subject: 'guest' });
    expect(judgeProof(guest, known()).doubt).toBe('not-of-branch');
  });

  it('A-04 of a household on one phone is ordinary, of more than a household is looked at', () => {
    const scan = (subject: number, change = {}) =>
      proof({ ...scanned(), ...change }, { subject: `p${subject}` });
    const people = new Set(Array.from({ length: 20 }, (_, at) => `p${at}`));
    const doubts = (proofs: OwnProof[]) =>
      new Set(proofs.map((one) => judgeProof(one, known({ proofs, people })).doubt));
    const of = (count: number) => Array.from({ length: count }, (_, at) => scan(at));
    expect(doubts(of(HOUSEHOLD_MAX))).toEqual(new Set([null]));
    expect(doubts(of(20))).toEqual(new Set(['many']));
    // A device is one person's: the phone itself says that twenty are on it.
    expect(doubts([scan(0, { people: 20 })])).toEqual(new Set(['many']));
  });
});

describe('six digits', () => {
  it('are good in their five minutes and the five after them', () => {
    for (const at of [T0, T0 + DIGITS_SLOT_MS * 2 - 1])
      expect(judgeProof(proof(digitsOf(T0), { at }), known())).toEqual(GOOD);
  });

  it('fit nothing before and after that', () => {
    for (const at of [T0 - 60_000, T0 + DIGITS_SLOT_MS * 2])
      expect(judgeProof(proof(digitsOf(T0), { at }), known())).toEqual({
        ...GOOD,
        doubt: 'no-activity',
      });
  });

  it('find the one of two meetings of the day that they are of', () => {
    const two = known({
      days: [DAY, DAY],
      shown: [
        [MEETING, SCREEN],
        [OTHER_MEETING, OTHER_SCREEN],
      ],
    });
    const other = proof(digitsOf(T0, OTHER_MEETING, OTHER_SCREEN));
    expect(judgeProof(other, two)).toEqual({ ...GOOD, activities: [OTHER_MEETING] });
  });

  it('that fit two meetings are for a person to place', () => {
    const body = digitsOf(T0);
    const fit = { showing: { activity: MEETING, device: SCREEN }, from: T0, until: T0 + 1 };
    const both = [fit, { ...fit, showing: { activity: OTHER_MEETING, device: SCREEN } }];
    const hall = { ...known().hall, find: () => both };
    expect(judgeProof(proof(body), known({ hall }))).toMatchObject({
      ...{ doubt: 'several', activities: [MEETING, OTHER_MEETING] },
    });
  });

  it('are of the meetings of their day alone', () => {
    const earlier = known({ days: ['2026-11-22'] });
    expect(judgeProof(proof(digitsOf(T0)), earlier)).toMatchObject({
      ...{ doubt: 'no-activity', activities: [] },
    });
  });

  it('are tried on every phone of the desk where nothing says which one showed them', () => {
    const body = digitsOf(T0, MEETING, OTHER_SCREEN);
    expect(judgeProof(proof(body), known({ shown: [] }))).toEqual(GOOD);
    expect(judgeProof(proof(body), known()).doubt).toBe('no-activity');
  });

  it('after more than three wrong tries of one phone that day all wait, the right ones too', () => {
    const wrong = Array.from({ length: TRIES_MAX + 1 }, (_, at) =>
      proof({ way: 'digits', digits: `00000${at}` }),
    );
    const right = proof(digitsOf(T0));
    const judge = (proofs: OwnProof[], one = right) =>
      judgeProof(one, known({ proofs: [...proofs, right] })).doubt;
    expect(judge(wrong.slice(1))).toBeNull();
    expect(judge(wrong)).toBe('tries');
    expect(judge(wrong, wrong[0])).toBe('tries');
    expect(judge(wrong.map((one) => ({ ...one, device: 'another' })))).toBeNull();
    expect(judge(wrong.map((one) => ({ ...one, day: '2026-11-22' })))).toBeNull();
  });

  it('of a changed phone that sends hundreds cost the desk a look or two each, not hundreds', () => {
    const proofs = Array.from({ length: 300 }, (_, at) =>
      proof({ way: 'digits', digits: `${at}`.padStart(6, '0') }, { offset: null }),
    );
    const { hall } = known();
    let looks = 0;
    const find: typeof hall.find = (...of) => ((looks += 1), hall.find(...of));
    const all = known({ proofs, hall: { ...hall, find } });
    expect(proofs.every((one) => judgeProof(one, all).doubt === 'tries')).toBe(true);
    expect(looks).toBeLessThanOrEqual(2 * proofs.length);
  });

  it('A-05 of a phone whose clock was never compared are found in the whole day, and marked', () => {
    const never = { at: T0 + 3 * HOUR, offset: null, offsetAge: null };
    expect(judgeProof(proof(digitsOf(T0), never), known())).toEqual({
      ...GOOD,
      ...{ offsetUnknown: true, skew: true },
    });
  });
});
