import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { bytesToHex } from '@noble/hashes/utils.js';
import { canonicalJson } from '#lib/canonical-json.ts';
import { fromBase32, toBase32 } from '#lib/base32.ts';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { addDays, civilDay, civilMinutes, civilTime, isCivilDay } from '#domain/civil-day.ts';
import { chainHead, recordHash, selfRecordHash, type RecordHeader } from '#domain/records.ts';

const header: RecordHeader = {
  id: '01890000-0000-7000-8000-000000000001',
  kind: 'check-in',
  v: 1,
  scope: '01890000-0000-7000-8000-00000000000b',
  subject: '01890000-0000-7000-8000-00000000000c',
  author: '01890000-0000-7000-8000-00000000000d',
  device: '01890000-0000-7000-8000-00000000000e',
  seq: 1,
  day: '2026-11-23',
  at: 1_795_000_000_000,
  offset: null,
  offsetAge: null,
};
const salt = 'AAAAAAAAAAA';

describe('a record', () => {
  it('has a hash that is pinned for ever: old phones and the server must agree', () => {
    expect(bytesToHex(recordHash(header, salt, '{"state":"present"}'))).toMatchInlineSnapshot(
      `"757937580c30592ca419eb64aaff78f2c312b6c0d306dc894197f28477c2380a"`,
    );
    expect(bytesToHex(selfRecordHash(header, salt, 'c2VjcmV0'))).toMatchInlineSnapshot(
      `"22b14df4c9bc74b679329902c1ccf0b98181e525019f996f40efc377facbe01e"`,
    );
  });

  it.each([
    ['header', { ...header, seq: 2 }, salt, '{}'],
    ['salt', header, 'BAAAAAAAAAA', '{}'],
    ['body', header, salt, '{"a":1}'],
  ])('has another hash when its %s differs', (_what, other, otherSalt, body) => {
    expect(recordHash(other, otherSalt, body)).not.toEqual(recordHash(header, salt, '{}'));
  });

  it('keeps its chain when a neighbour is erased, because the chain holds hashes alone', () => {
    const [a, b] = [recordHash(header, salt, '{}'), recordHash({ ...header, seq: 2 }, salt, '{}')];
    expect(chainHead(chainHead(null, a), b)).not.toEqual(chainHead(chainHead(null, b), a));
  });

  it('gives one text for one value, whatever order its keys were typed in', () => {
    expect(canonicalJson({ b: [1, { d: null, c: '中' }], a: true, u: undefined })).toBe(
      '{"a":true,"b":[1,{"c":"中","d":null}]}',
    );
  });
});

describe('byte codecs', () => {
  it('return what went in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
        expect(fromBase32(toBase32(bytes))).toEqual(bytes);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('agree with a well-kept one and refuse what is not theirs', () => {
    expect(toBase64Url(Uint8Array.from([0xfb, 0xff]))).toBe('-_8');
    expect(fromBase64Url('a+b=')).toBeNull();
    expect(fromBase64Url('abcde')).toBeNull();
    expect(fromBase32('U')).toBeNull();
    expect(fromBase32('oi')).toEqual(fromBase32('01'));
  });
});

describe('the civil day', () => {
  it('is that of Shanghai, at either side of its midnight', () => {
    expect(civilDay(Date.parse('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
    expect(civilDay(Date.parse('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
    expect(civilMinutes(Date.parse('2026-11-23T11:30:00Z'))).toBe(19 * 60 + 30);
    expect(civilTime('2026-11-23', 19 * 60 + 30)).toBe(Date.parse('2026-11-23T11:30:00Z'));
  });

  it('knows leap days and refuses what no calendar has', () => {
    expect(isCivilDay('2028-02-29')).toBe(true);
    expect(isCivilDay('2027-02-29')).toBe(false);
    expect(isCivilDay('2027-2-9')).toBe(false);
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
  });
});
