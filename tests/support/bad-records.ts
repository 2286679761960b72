/**
 * The catalogue of records that somebody's phone, an edited app or a mangled line might send: each
 * with the result that it must get. tests/server/bad-records.test.ts sends each among good
 * neighbours; tests/data uses the same list for what a phone does with the answers.
 */
import { BODY_MAX_BYTES } from '#domain/records.ts';
import { personScope } from '#domain/roles.ts';
import type { ResultCode } from '#protocol/sync.ts';
import { newId, selfRecord, wireRecord } from './wire-device.ts';

/** Whose phone sends, and what it may not touch. */
export interface BadRecordPlace {
  branch: string;
  person: string;
  county: string;
  foreignBranch: string;
}

export interface BadRecord {
  name: string;
  make(place: BadRecordPlace, seq: number): unknown;
  code: ResultCode;
  /** Left out where the code says it all. */
  reason?: string;
}

const body = { type: 'lecture', title: '党课', starts: 1_772_700_000_000 };
const good = ({ branch }: BadRecordPlace, seq: number, more: object = {}) => ({
  ...wireRecord({ kind: 'activity', scope: branch, seq, body }),
  ...more,
});

/** The good record without one member. */
const without = (member: string): BadRecord => ({
  name: `no ${member}`,
  make(place, seq) {
    const { [member]: _, ...rest } = good(place, seq) as Record<string, unknown>;
    return rest;
  },
  ...MALFORMED,
});

/** The good record with one member that is something else. */
const changed = (name: string, more: object, result: Result = MALFORMED): BadRecord => ({
  name,
  make: (place, seq) => good(place, seq, more),
  ...result,
});

interface Result {
  code: ResultCode;
  reason?: string;
}
const MALFORMED: Result = { code: 'invalid', reason: 'malformed' };
const UNKNOWN: Result = { code: 'invalid', reason: 'unknown-kind' };
const SIZE: Result = { code: 'invalid', reason: 'size' };
const BODY: Result = { code: 'invalid', reason: 'body' };
const WRITER: Result = { code: 'forbidden', reason: 'writer' };
const SCOPE: Result = { code: 'forbidden', reason: 'scope' };

const malformed: BadRecord[] = [
  { name: 'a number', make: () => 7, ...MALFORMED },
  { name: 'nothing', make: () => null, ...MALFORMED },
  { name: 'a list', make: () => [], ...MALFORMED },
  { name: 'a text', make: () => 'record', ...MALFORMED },
  { name: 'an empty object', make: () => ({}), ...MALFORMED },
  ...['id', 'kind', 'v', 'scope', 'seq', 'day', 'at', 'salt', 'body'].map(without),
  changed('an id in upper case', { id: '0190C3C4-0000-7000-8000-000000000000' }),
  changed('an id that is a path', { id: '../../etc/passwd' }),
  changed('a kind of a thousand letters', { kind: 'a'.repeat(1_000) }),
  changed('an empty kind', { kind: '' }),
  changed('a kind that every object has', { kind: 'constructor' }, UNKNOWN),
  changed('a day that no month has', { day: '2026-02-30' }),
  changed('a day in words', { day: 'yesterday' }),
  changed('seq 0', { seq: 0 }),
  changed('half a seq', { seq: 1.5 }),
  changed('a seq beyond every counter', { seq: 2 ** 60 }),
  changed('a time as text', { at: '2026-03-05' }),
  changed('a time that no phone can show', { at: 9e15 }),
  changed('an offset of a million years', { offset: 4e16 }),
  changed('a short salt', { salt: 'AAAA' }),
  changed('a salt of other letters', { salt: 'AAAAAAAAAA=' }),
  changed('a body that is a text', { body: 'present' }),
  changed('a body that is a list', { body: [] }, BODY),
  changed('a member that nobody knows', { score: 100 }),
  changed('a scope with a way out', { scope: "x' or 1=1 --" }),
];

const bodies: BadRecord[] = [
  changed('a body of another kind', { body: { mood: 'good' } }, BODY),
  changed('a body with a member too many', { body: { ...body, rank: 1 } }, BODY),
  changed('a title with a line break', { body: { ...body, title: '党\n课' } }, BODY),
  changed('a title with half a character', { body: { ...body, title: '党\ud800' } }, BODY),
  changed('a title with spaces around', { body: { ...body, title: ' 党课 ' } }, BODY),
  changed('a title without end', { body: { ...body, title: '长'.repeat(5_000) } }, SIZE),
  changed('a type that is no word of ours', { body: { ...body, type: 'party' } }, BODY),
  changed('a meeting in the year 300 000', { body: { ...body, starts: 9e15 } }, BODY),
  {
    name: 'a check-in about nobody',
    make: ({ branch }, seq) =>
      wireRecord({
        ...{ kind: 'check-in', scope: branch, seq },
        body: { activity: newId(), state: 'present', how: 'tap' },
      }),
    ...BODY,
  },
  {
    name: 'a check-in with a cause',
    make: ({ branch }, seq) =>
      wireRecord({
        ...{ kind: 'check-in', scope: branch, seq, subject: newId() },
        body: { activity: newId(), state: 'leave', how: 'tap', cause: '生病' },
      }),
    ...BODY,
  },
];

const oversized: BadRecord[] = [
  {
    name: 'a ciphertext longer than any',
    make: ({ person }, seq) => selfRecord(personScope(person), seq, { body: 'A'.repeat(2_401) }),
    ...MALFORMED,
  },
  {
    name: 'a ciphertext that is no base64url',
    make: ({ person }, seq) => selfRecord(personScope(person), seq, { body: '<b>' }),
    ...MALFORMED,
  },
  {
    name: 'an entry that replaces more than there can be',
    make: ({ branch }, seq) =>
      wireRecord({
        ...{ kind: 'check-in', scope: branch, seq, subject: newId() },
        body: {
          ...{ activity: newId(), state: 'present', how: 'tap' },
          replaces: Array.from({ length: BODY_MAX_BYTES / 34 }, newId),
        },
      }),
    ...SIZE,
  },
];

const foreign: BadRecord[] = [
  changed('a branch that nobody has', { scope: newId() }, WRITER),
  {
    name: 'another branch',
    make: (place, seq) => good(place, seq, { scope: place.foreignBranch }),
    ...WRITER,
  },
  {
    name: 'a branch record in the county',
    make: (place, seq) => good(place, seq, { scope: place.county }),
    ...WRITER,
  },
  {
    name: 'a branch record in a person’s own scope',
    make: (place, seq) => good(place, seq, { scope: personScope(place.person) }),
    ...SCOPE,
  },
  {
    name: 'self records of somebody else',
    make: (_, seq) => selfRecord(personScope(newId()), seq),
    ...SCOPE,
  },
  {
    name: 'self records in a branch',
    make: ({ branch }, seq) => selfRecord(branch, seq),
    ...SCOPE,
  },
  {
    name: 'study in the clear',
    make: ({ person }, seq) =>
      wireRecord({
        ...{ kind: 'study', scope: personScope(person), seq },
        body: { day: '2026-03-05', minutes: 30, how: 'book' },
      }),
    ...{ code: 'invalid', reason: 'not-encrypted' },
  },
  {
    name: 'a kind that the server alone writes',
    make: ({ branch }, seq) =>
      wireRecord({
        ...{ kind: 'presence-key', scope: branch, seq },
        body: { key: 'a'.repeat(43) },
      }),
    ...WRITER,
  },
];

const future: BadRecord[] = [
  changed('a kind nobody knows', { kind: 'score' }, UNKNOWN),
  changed('a newer version of a kind', { v: 99 }, { code: 'later' }),
];

/** Every entry; none of them may cost a neighbour. */
export const BAD_RECORDS: BadRecord[] = [
  ...malformed,
  ...bodies,
  ...oversized,
  ...foreign,
  ...future,
];
