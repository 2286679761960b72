import { expect, it } from 'vitest';
import { ownComplaints } from '#domain/complaints.ts';

const [me, you] = ['me', 'you'];
const record = (n: number, kind: string, subject: string, body: unknown) => ({
  ...{ id: `r${n}`, kind, subject, author: subject, seq: n, n, at: n },
  ...{ day: `2026-03-0${n}`, body },
});
const told = (n: number, complaint: string, done: boolean, day = '2026-03-01') =>
  record(n, 'complaint-told', me, { complaint, day, done });

it('X-21 one’s own words to the county are answered as the county said last', () => {
  const records = [
    record(1, 'complaint', me, { text: '开会太晚' }),
    record(2, 'complaint', me, { text: '太远' }),
    record(3, 'complaint', you, { text: '别人的' }),
    told(4, 'r1', true),
    told(5, 'r2', true),
    told(6, 'r2', false),
  ];
  const own = ownComplaints(me, records).map(({ id, done }) => [id, done]);
  expect(own).toEqual([
    ['r1', true],
    ['r2', false],
  ]);
});

it('X-21 on another device, which has not the words, day and answer are shown all the same', () => {
  const [one, ...more] = ownComplaints(me, [told(4, 'r9', true, '2026-02-02')]);
  expect(one).toEqual({ id: 'r9', day: '2026-02-02', done: true, record: null });
  expect(more).toEqual([]);
});

it('X-21 what the county says to an objection is no answer to a complaint that was written elsewhere', () => {
  const objection = record(1, 'objection-above', me, { activity: 'a' });
  expect(ownComplaints(me, [objection, told(2, 'r1', true)])).toEqual([]);
});
