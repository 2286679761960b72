import { describe, expect, it } from 'vitest';
import type { CheckInBody } from '#domain/bodies/attendance.ts';
import type { Foldable } from '#domain/fold.ts';
import { foldRoll } from '#domain/roll.ts';
import { createRollDesk, DOUBLE_TAP_MS, nextState } from '#features/roll/roll-desk.ts';
import { fail, ok } from '#lib/result.ts';

const ACTIVITY = '018f0000-0000-7000-8000-0000000000aa';

/** A ledger of check-ins and a monotonic clock that a test turns. */
function setUp(proofs: () => readonly string[] = () => []) {
  const rows: (Foldable<CheckInBody> & { state: string })[] = [];
  let now = 0;
  let full = false;
  const row = (subject: string, body: CheckInBody) => ({
    id: `r${rows.length + 1}`,
    kind: 'check-in',
    subject,
    author: 'secretary',
    seq: rows.length + 1,
    n: null,
    at: now,
    day: '2026-11-23',
    body,
  });
  const desk = createRollDesk({
    activity: ACTIVITY,
    scope: 'branch',
    proofs,
    clock: { monotonic: () => now },
    ledger: {
      records: async ({ subject }) => rows.filter((one) => one.subject === subject),
      write: async (draft) => {
        if (full) return fail('write.full');
        rows.push({ ...row(draft.subject, draft.body), state: 'saved' });
        return ok(null);
      },
    },
  });
  return {
    desk,
    rows,
    pass: (ms: number) => (now += ms),
    fill: (is = true) => (full = is),
    stateOf: (person: string) => foldRoll(ACTIVITY, rows).get(person)?.state,
  };
}

describe('keeping a roll', () => {
  it('marks a person with one tap and takes it back with a later one', async () => {
    const { desk, rows, pass, stateOf } = setUp();
    await desk.tap('huang', 'present');
    expect(stateOf('huang')).toBe('present');
    pass(DOUBLE_TAP_MS);
    await desk.tap('huang', 'none');
    expect(stateOf('huang')).toBe('none');
    expect(rows[1]?.body.replaces).toEqual(['r1']);
  });

  it('takes a trembling double tap as one', async () => {
    const { desk, rows, pass } = setUp();
    await desk.tap('huang', 'present');
    pass(DOUBLE_TAP_MS - 1);
    expect(await desk.tap('huang', 'none')).toEqual(ok('double'));
    expect(rows).toHaveLength(1);
  });

  it('lets the next person be tapped at once', async () => {
    const { desk, rows } = setUp();
    await desk.tap('huang', 'present');
    await desk.tap('li', 'present');
    expect(rows).toHaveLength(2);
  });

  it('writes nothing for a scan of somebody who is marked already', async () => {
    const { desk, rows } = setUp();
    await desk.set('huang', 'present', 'tap');
    expect(await desk.set('huang', 'present', 'scan')).toEqual(ok('same'));
    expect(rows).toHaveLength(1);
  });

  it('names the entry it corrects even when two sets come at once', async () => {
    const { desk, rows, stateOf } = setUp();
    await Promise.all([desk.set('huang', 'present', 'scan'), desk.set('huang', 'online', 'tap')]);
    expect(rows[1]?.body).toMatchObject({ state: 'online', replaces: ['r1'] });
    expect(stateOf('huang')).toBe('online');
  });

  it('does not lean on an entry that the server refused', async () => {
    const { desk, rows } = setUp();
    await desk.set('huang', 'present', 'tap');
    if (rows[0]) rows[0].state = 'refused';
    expect(await desk.set('huang', 'present', 'tap')).toEqual(ok('written'));
    expect(rows[1]?.body.replaces).toBeUndefined();
  });

  it('hands on why nothing was kept', async () => {
    const { desk, fill } = setUp();
    fill();
    expect(await desk.tap('huang', 'present')).toEqual(fail('write.full'));
  });

  it('says so again to a trembling finger, and takes no tap that was not kept for the first of two', async () => {
    const { desk, fill, rows } = setUp();
    fill();
    await desk.tap('huang', 'present');
    expect(await desk.tap('huang', 'present')).toEqual(fail('write.full'));
    fill(false);
    expect(await desk.tap('huang', 'present')).toEqual(ok('written'));
    expect(rows).toHaveLength(1);
  });

  it('decides all of a person’s proofs by one tap, however often they scanned', async () => {
    const own = Array.from({ length: 40 }, (_, at) => `proof ${at}`);
    const { desk, rows, stateOf } = setUp(() => own);
    expect(await desk.tap('huang', 'leave')).toEqual(ok('written'));
    expect(rows.flatMap(({ body }) => body.proofs ?? [])).toEqual(own);
    expect(rows.every(({ body }) => (body.proofs ?? []).length <= 16)).toBe(true);
    expect(stateOf('huang')).toBe('leave');
    expect(foldRoll(ACTIVITY, rows).get('huang')?.heads).toHaveLength(1);
  });

  it('takes back what it marked, and marks the others', () => {
    expect(
      ['none', 'leave', 'present', 'online'].map((state) => nextState(state as 'none')),
    ).toEqual(['present', 'present', 'none', 'none']);
    expect(nextState('present', true)).toBe('present');
    expect(
      ['none', 'present', 'online', 'leave'].map((state) =>
        nextState(state as 'none', false, 'leave'),
      ),
    ).toEqual(['leave', 'leave', 'leave', 'none']);
  });

  it('writes that a line was typed in from the signed sheet', async () => {
    const { desk, rows } = setUp();
    await desk.tap('huang', 'present', 'paper');
    expect(rows[0]?.body.how).toBe('paper');
  });
});
