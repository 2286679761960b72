import { describe, expect, it } from 'vitest';
import { foldObjections, foldObjectionsAbove, ownObjections } from '#domain/objections.ts';

const [me, you, meeting] = ['me', 'you', 'meeting'];
const record = (n: number, kind: string, subject: string | null, body: unknown, more = {}) => ({
  ...{ id: `r${n}`, scope: 'branch', kind, subject, author: subject ?? 'desk', seq: n, n, at: n },
  ...{ day: `2026-03-0${n}`, body, ...more },
});
const objection = (n: number, subject: string, body: object = {}, more = {}) =>
  record(n, 'objection', subject, { activity: meeting, ...body }, more);
const answer = (n: number, request: string, done = true, more = {}) =>
  record(n, 'answer', me, { request, done }, { author: 'desk', ...more });
const above = (n: number, activity = meeting) =>
  record(n, 'objection-above', me, {
    ...{ branch: 'branch', activity, title: '党课', starts: 1, text: '我在' },
  });

describe('an objection', () => {
  it('A-11 stands before the desk until somebody there has looked', () => {
    const said = [objection(1, me, { text: '那天我在' }), objection(2, you)];
    expect(foldObjections(said).map(({ person, text, seen }) => [person, text, seen])).toEqual([
      [me, '那天我在', null],
      [you, null, null],
    ]);
    const seen = (...more: ReturnType<typeof answer>[]) =>
      foldObjections([...more, ...said]).map((one) => one.seen);
    expect(seen(answer(3, 'r1'))).toEqual(['2026-03-03', null]);
    expect(seen(answer(4, 'r1', false), answer(3, 'r1'))).toEqual([null, null]);
    expect(seen(answer(3, 'r1', true, { confirm: 'after-role' }))).toEqual([null, null]);
    expect(seen(answer(3, 'r2'))).toEqual([null, null]);
  });

  it('A-11 is out once its member says that it is settled, and can be said again', () => {
    const said = [objection(1, me), objection(2, you), objection(3, me, { settled: true })];
    expect(foldObjections(said).map(({ id }) => id)).toEqual(['r2']);
    expect(foldObjections([...said, objection(4, me)]).map(({ id }) => id)).toEqual(['r2', 'r4']);
  });

  it('A-11 is not out by a word that waits for a person, as of a copied or a changed phone', () => {
    const forged = objection(2, me, { settled: true }, { confirm: 'unsealed' });
    expect(foldObjections([objection(1, me), forged]).map(({ id }) => id)).toEqual(['r1']);
  });

  it('A-11 said above is no objection to the secretary, and the other way round', () => {
    const records = [above(1), objection(2, me)];
    expect(foldObjections(records).map(({ id }) => id)).toEqual(['r2']);
    expect(foldObjectionsAbove(records).map(({ id }) => id)).toEqual(['r1']);
  });

  it('A-11 said above is answered as a complaint is', () => {
    const told = (n: number, done: boolean) =>
      record(n, 'complaint-answer', null, { complaint: 'r1', done });
    expect(foldObjectionsAbove([told(3, true), above(1)])[0]?.done).toBe(true);
    expect(foldObjectionsAbove([told(3, true), above(1), told(4, false)])[0]?.done).toBe(false);
  });

  it('A-11 its member sees to whom it was said and who has looked, of this meeting alone', () => {
    const records = [
      ...[above(1), above(2, 'another'), objection(3, me), objection(4, you)],
      ...[answer(5, 'r3'), objection(6, me, { activity: 'another' })],
    ];
    const own = () => ownObjections(me, meeting, records).map(({ to, seen }) => [to, seen]);
    expect(own()).toEqual([
      ['above', false],
      ['secretary', true],
    ]);
    records.push(
      record(7, 'complaint-told', me, { complaint: 'r1', day: '2026-03-01', done: true }),
    );
    expect(own()[0]).toEqual(['above', true]);
  });
});
