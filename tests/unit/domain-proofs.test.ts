import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checkInBody, type CheckInBody } from '#domain/bodies/attendance.ts';
import { foldProofs, type ProofLine, type ProofRecord } from '#domain/proofs.ts';
import { checkInFor, foldRoll } from '#domain/roll.ts';
import type { Doubt, Judgement, OwnProof } from '#domain/judge-proof.ts';
import { createSeededRandom } from '#tests/support/seeded-random.ts';
import { testId } from '#tests/support/test-ledger.ts';

const MEETING = testId(1);
const OTHER_MEETING = testId(2);
const T0 = Date.parse('2026-11-23T19:30:00+08:00');

let made = 0;
function record(kind: string, change: Partial<ProofRecord>): ProofRecord {
  made += 1;
  return {
    ...{ id: testId(100 + made), kind, subject: 'huang', author: 'huang', device: 'phone' },
    ...{ seq: made, n: made, day: '2026-11-23', at: T0 + made, offset: 0, offsetAge: 0 },
    body: null,
    ...change,
  };
}
const digits = (change: Partial<ProofRecord> = {}) =>
  record('proof', { body: { way: 'digits', digits: '123456' }, ...change });
const entry = (state: CheckInBody['state'], change: Partial<CheckInBody> = {}) =>
  record('check-in', {
    author: 'zhou',
    body: { activity: MEETING, state, how: 'tap', ...change },
  });

/** Every proof is for the meeting, and good but for those named. */
function judgeBy(doubts: Record<string, Doubt> = {}) {
  return ({ id }: OwnProof): Judgement => ({
    ...{ activities: [MEETING], offsetUnknown: false, skew: false },
    doubt: doubts[id] ?? null,
  });
}

function fold(records: ProofRecord[], judge = judgeBy()): Map<string, ProofLine> {
  return foldProofs(MEETING, { records, judge, roll: foldRoll(MEETING, records) });
}
const lineOf = (records: ProofRecord[], judge = judgeBy()) => fold(records, judge).get('huang');

describe('own proofs beside a roll', () => {
  it('ask for one tap where the desk has no entry, or took it back', () => {
    const one = digits();
    expect(lineOf([one])).toMatchObject({
      ...{ is: 'to-confirm', records: [one.id], way: 'digits', at: one.at, doubt: null },
    });
    expect(lineOf([one, entry('none')])?.is).toBe('to-confirm');
    expect(lineOf([one, entry('leave')])?.is).toBe('to-confirm');
  });

  it('only stand beside an entry that says so already, whichever came first', () => {
    for (const state of ['present', 'online'] as const) {
      expect(lineOf([digits(), entry(state)])?.is).toBe('joined');
      expect(lineOf([entry(state), digits()])?.is).toBe('joined');
    }
    const late = digits();
    expect(lineOf([late, entry('present')], judgeBy({ [late.id]: 'late' }))?.is).toBe('joined');
  });

  it('A-01 of a photograph ask a person to look, with the reason, and count for nothing', () => {
    const late = digits();
    const records = [late];
    expect(lineOf(records, judgeBy({ [late.id]: 'late' }))).toMatchObject({
      ...{ is: 'doubt', doubt: 'late', records: [late.id] },
    });
    expect(foldRoll(MEETING, records).size).toBe(0);
  });

  it('are gone once an entry of the desk names them, whatever it says', () => {
    const one = digits();
    for (const state of ['present', 'none'] as const) {
      const body = checkInFor(MEETING, undefined, state, 'tap', [one.id]);
      expect(v.safeParse(checkInBody, body).success).toBe(true);
      expect(lineOf([one, record('check-in', { author: 'zhou', body })])).toBeUndefined();
    }
    expect(checkInFor(MEETING, undefined, 'none', 'tap')).toBeNull();
  });

  it('ask again where the person scans once more after that', () => {
    const one = digits();
    const decided = entry('none', { proofs: [one.id] });
    const again = digits();
    expect(lineOf([one, decided, again])?.records).toEqual([again.id]);
  });

  it('are not decided by an entry that waits for a person itself', () => {
    const one = digits();
    const waiting = { ...entry('present', { proofs: [one.id] }), confirm: 'unsealed' };
    expect(lineOf([one, waiting])?.is).toBe('to-confirm');
  });

  it('ask a person to look where the record itself waits, and not where it was declined', () => {
    expect(lineOf([digits({ confirm: 'unsealed' })])).toMatchObject({
      ...{ is: 'doubt', doubt: null, confirm: 'unsealed' },
    });
    expect(lineOf([digits({ confirm: 'unsealed', declined: true })])).toBeUndefined();
    expect(lineOf([digits({ body: null })])).toBeUndefined();
  });

  it('of one person are one line, and one good one is enough', () => {
    const [wrong, good, third] = [digits(), digits(), digits()];
    const judge = judgeBy({ [wrong.id]: 'no-activity', [third.id]: 'late' });
    expect(lineOf([wrong, good, third], judge)).toMatchObject({
      ...{ is: 'to-confirm', doubt: null, records: [wrong.id, good.id, third.id] },
    });
  });

  it('of another meeting, or in another’s name, are none of this one', () => {
    const elsewhere = () => ({ ...judgeBy()(digits() as never), activities: [OTHER_MEETING] });
    expect(lineOf([digits()], elsewhere)).toBeUndefined();
    expect(lineOf([digits({ author: 'zhou' })])).toBeUndefined();
  });

  it('by which more came than were counted in the hall are looked at once more', () => {
    const closing = (headcount: number, id = testId(90)) =>
      record('closing', { id, body: { activity: MEETING, headcount, hash: 'A'.repeat(43) } });
    const here = entry('present');
    const other = digits({ subject: 'li', author: 'li' });
    const of = (...more: ProofRecord[]) => fold([here, other, ...more]).get('li');
    expect(of(closing(2))).toMatchObject({ is: 'to-confirm' });
    expect(of(closing(1))).toMatchObject({ is: 'doubt', doubt: 'heads' });
    const onPaper = record('paper-count', { body: { activity: MEETING, here: 1 } });
    expect(of(closing(2), onPaper)).toMatchObject({ is: 'doubt', doubt: 'heads' });
    expect(of(closing(3), onPaper)).toMatchObject({ is: 'to-confirm' });
    const reopening = record('reopening', { body: { activity: MEETING, closings: [testId(90)] } });
    expect(of(closing(1), reopening)).toMatchObject({ is: 'to-confirm' });
  });

  it('S-11 one member by a tap, a scanned card and an own proof at once is one entry', () => {
    const own = digits();
    const tap = record('check-in', {
      ...{ author: 'zhou', device: 'first' },
      body: { activity: MEETING, state: 'present', how: 'tap' },
    });
    const scan = record('check-in', {
      ...{ author: 'chen', device: 'second' },
      body: { activity: MEETING, state: 'present', how: 'scan' },
    });
    const roll = foldRoll(MEETING, [own, tap, scan]);
    expect([...roll.values()]).toMatchObject([
      { subject: 'huang', state: 'present', toConfirm: false },
    ]);
    expect([...fold([own, tap, scan]).values()]).toMatchObject([{ is: 'joined' }]);
  });

  it('are the same in whatever order and however often they came', () => {
    const people = ['huang', 'li', 'wang'];
    const states = ['present', 'none', 'leave'] as const;
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = createSeededRandom(seed);
      const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
      const records: ProofRecord[] = [];
      const doubts: Record<string, Doubt> = {};
      for (let step = 0; step < 12; step += 1) {
        const subject = pick(people);
        const own = records.filter((one) => one.kind === 'proof' && one.subject === subject);
        const named = own.slice(0, Math.floor(random() * 3)).map(({ id }) => id);
        const one =
          random() < 0.6
            ? digits({ subject, author: subject })
            : { ...entry(pick(states), named.length > 0 ? { proofs: named } : {}), subject };
        if (random() < 0.3) doubts[one.id] = 'late';
        records.push(one);
      }
      const shuffled = [...records, ...records.slice(3, 7)]
        .map((one) => ({ one, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      const [there, here] = [fold(shuffled, judgeBy(doubts)), fold(records, judgeBy(doubts))];
      expect(Object.fromEntries(there), `seed ${seed}`).toEqual(Object.fromEntries(here));
    }
  });
});
