import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { ERASED_MAX } from '#domain/bodies/erasure.ts';
import { requestBody, REQUEST_TEXT_MAX } from '#domain/bodies/requests.ts';
import { erasedPeople, erasuresOf, toErase } from '#domain/erase-person.ts';
import { BODY_MAX_BYTES } from '#domain/records.ts';
import { foldRequests } from '#domain/requests.ts';
import { countRoll, foldRoll, namelessStates } from '#domain/roll.ts';
import { canonicalJson } from '#lib/canonical-json.ts';

const ID = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [me, you, desk, activity] = [ID(1), ID(2), ID(3), ID(4)] as const;
let made = 0;
const row = (kind: string, subject: string | null, body: unknown, more: object = {}) => {
  made += 1;
  const header = { id: ID(100 + made), kind, scope: ID(9), subject, author: desk, seq: made };
  return { ...header, n: made, at: made, day: '2026-11-23', body, ...more };
};
const asks = (of: string, more: object = {}, header: object = {}) =>
  row('request', me, { of, ...more }, header);
const says = (request: { id: string }, done: boolean, more: object = {}) =>
  row('answer', me, { request: request.id, done }, { day: '2026-11-25', ...more });

describe('requests', () => {
  it('X-21 are to be done within fifteen days of the day they were asked', () => {
    const asked = asks('correction', { text: '我是二组的' }, { day: '2026-02-20' });
    expect(foldRequests([asked])).toMatchObject([
      { person: me, of: 'correction', text: '我是二组的', by: '2026-03-07', done: null },
    ]);
  });

  it('the last answer stands, one that waits for a person is none, one about somebody else neither', () => {
    const asked = asks('erasure');
    const done = says(asked, true);
    const doneOn = (...records: ReturnType<typeof row>[]) =>
      foldRequests([asked, ...records]).map((one) => one.done);
    expect(doneOn(done)).toEqual(['2026-11-25']);
    expect(doneOn(done, says(asked, false))).toEqual([null]);
    expect(doneOn(says(asked, true, { confirm: 'carried' }))).toEqual([null]);
    expect(doneOn(says(asked, true, { subject: you }))).toEqual([null]);
  });

  it('one from a phone that nothing vouches for is there, with why; one whose words are erased is not', () => {
    const doubtful = asks('erasure', {}, { confirm: 'unsealed' });
    expect(foldRequests([doubtful])).toMatchObject([{ confirm: 'unsealed' }]);
    expect(foldRequests([{ ...asks('correction'), body: null }])).toEqual([]);
  });

  it('the longest fits into a record', () => {
    const records = Array.from({ length: 16 }, (_, at) => ID(at));
    const body = { of: 'correction', text: '𠮷'.repeat(REQUEST_TEXT_MAX / 2), records };
    expect(v.is(requestBody, body)).toBe(true);
    expect(new TextEncoder().encode(canonicalJson(body)).length).toBeLessThan(BODY_MAX_BYTES);
    expect(v.is(requestBody, { of: 'correction', text: 'a\nb' })).toBe(false);
    expect(v.is(requestBody, { of: 'erasure', reason: '不想说' })).toBe(false);
  });
});

describe('erasing a person', () => {
  const line = row('check-in', me, { activity, state: 'present', how: 'tap' });
  const records = [
    row('consent', me, { notice: 1 }),
    row('member', me, { names: { hans: '黄国强' } }),
    row('standing', me, { of: 'state', is: 'migrant', from: '2026-01-01' }),
    asks('correction', { text: '名字错了' }),
    line,
    asks('erasure'),
    row('role', me, { role: 'committee' }),
    row('invitation', me, { role: 'member' }),
    row('member', you, { names: { hans: '余干' } }),
    { ...row('erased', me, null) },
  ];

  it('X-21 takes whatever holds a word of them, of nobody else, and leaves the lines of rolls', () => {
    const kinds = toErase(records, me).map(({ kind }) => kind);
    expect(kinds).toEqual(['consent', 'member', 'standing', 'request']);
    expect(toErase(records, me).every(({ subject }) => subject === me)).toBe(true);
  });

  it('needs as many erasures as their bodies hold', () => {
    const ids = Array.from({ length: ERASED_MAX + 1 }, (_, at) => ID(at));
    expect(erasuresOf(ids).map((body) => body.records.length)).toEqual([ERASED_MAX, 1]);
    expect(erasuresOf([])).toEqual([]);
  });

  it('X-21 leaves the roll its number and nobody’s name', () => {
    const yours = row('check-in', you, { activity, state: 'online', how: 'tap' });
    const stranger = row('check-in', ID(77), { activity, state: 'present', how: 'tap' });
    const roll = foldRoll(activity, [line, yours, stranger]);
    const roster = [{ person: you, state: 'listed' as const }];
    const erased = erasedPeople(records);
    expect(countRoll(roster, roll, erased)).toMatchObject({ present: 1, online: 1, open: 0 });
    expect(namelessStates(roster, roll, erased)).toEqual(['present']);
    expect(countRoll(roster, roll)).toMatchObject({ present: 0, online: 1 });
  });
});
