import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEPTH_MAX, SHARED_MAX, WORDS } from '#protocol/compact-marks.ts';
import { fromCompact, toCompact } from '#protocol/compact.ts';
import { toBase64Url } from '#lib/base64.ts';
import { times } from '#tests/support/long.ts';

const MAX = 1024 * 1024;
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
const there = (value: unknown) => fromCompact(toCompact(value), MAX);
const refused = { ok: false, error: 'malformed' };

/** What messages are full of, beside anything that JSON can say. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.uuid(),
  fc.uuid().map((id) => `person:${id}`),
  fc.uint8Array({ maxLength: 400 }).map(toBase64Url),
  fc.constantFrom(...WORDS, '__proto__', 'constructor', 'person:', '\ud800', 'A'.repeat(9)),
);
const { message } = fc.letrec((tie) => ({
  message: fc.oneof({ maxDepth: 5 }, texts, fc.jsonValue(), tie('array'), tie('object')),
  array: fc.array(tie('message'), { maxLength: 8 }),
  object: fc.dictionary(texts, tie('message'), { maxKeys: 8 }),
}));

it('brings every value that JSON has there and back', () => {
  fc.assert(
    fc.property(message, (value) => {
      expect(there(value)).toEqual({ ok: true, value: asJson(value) });
    }),
    { numRuns: times(500, 20_000), seed: 7 },
  );
});

it.each([
  ['numbers at their edges', [0, 127, 128, -1, -128, 2 ** 53 - 1, -(2 ** 53) + 1, 0.5, 1e300, -0]],
  ['what JSON makes null of, and leaves out', { a: NaN, b: undefined, c: [undefined, Infinity] }],
  ['texts that come again and texts too long for it', Array(3).fill(['again and', 'x'.repeat(90)])],
  ['a member called __proto__', JSON.parse('{"__proto__":{"a":1}}')],
  ['half a character', ['\ud83d', '\ude00a', '😀', '党课']],
])('keeps %s', (_, value) => {
  expect(there(value)).toEqual({ ok: true, value: asJson(value) });
});

it('S-20 refuses whatever is cut or padded, and never throws at bytes from anywhere', () => {
  fc.assert(
    fc.property(message, fc.nat(), (value, at) => {
      const whole = toCompact(value);
      expect(fromCompact(whole.slice(0, at % whole.length), MAX)).toEqual(refused);
      expect(fromCompact(Uint8Array.of(...whole, 0), MAX)).toEqual(refused);
    }),
    { numRuns: times(200, 5_000), seed: 7 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(typeof fromCompact(Uint8Array.of(0xb1, ...bytes), MAX).ok).toBe('boolean');
      expect(
        fromCompact(
          bytes.filter((_, i) => i > 0 || bytes[0] !== 0xb1),
          MAX,
        ).ok,
      ).toBe(false);
    }),
    { numRuns: times(1_000, 50_000), seed: 7 },
  );
});

it.each([
  ['a number beyond 2^53', [0x03, ...Array(8).fill(0xff), 0x01]],
  ['a number without end', [0x03, ...Array(40).fill(0x80)]],
  ['no number', [0x05, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]],
  ['a text that never came', [0x0a, 0]],
  ['a word that is none', [0x20 + WORDS.length]],
  ['a mark that is none', [0x10]],
  ['more items than bytes', [0x0c, 0xff, 0xff, 0xff, 0x7f]],
  ['a name that is no text', [0x0d, 1, 0x01, 0x01]],
  ['bytes that are no UTF-8', [0x06, 1, 0xff]],
  ['a longer form of a character', [0x06, 2, 0xc0, 0xaf]],
  ['half a UTF-16 unit', [0x0b, 1, 0x41]],
  ['another mark', null],
])('refuses %s', (_, bytes) => {
  expect(fromCompact(Uint8Array.from(bytes ? [0xb1, ...bytes] : [0xb2, 0]), MAX)).toEqual(refused);
});

it('refuses what nests too deep', () => {
  const nested = (depth: number) => [0xb1, ...Array(depth).fill([0x0c, 1]).flat(), 0x00];
  expect(fromCompact(Uint8Array.from(nested(DEPTH_MAX)), MAX).ok).toBe(true);
  expect(fromCompact(Uint8Array.from(nested(DEPTH_MAX + 1)), MAX)).toEqual(refused);
  expect(fromCompact(Uint8Array.from(nested(100_000)), MAX)).toEqual(refused);
});

it('refuses few bytes that say too much: one text a hundred thousand times', () => {
  const [text] = [new Uint8Array(SHARED_MAX).fill(0x61)];
  const again = Array.from({ length: 100_000 }, () => [0x0a, 0]).flat();
  const bytes = [0xb1, 0x0c, 0xa1, 0x8d, 0x06, 0x06, SHARED_MAX, ...(text ?? []), ...again];
  expect(fromCompact(Uint8Array.from(bytes), MAX)).toEqual(refused);
  expect(fromCompact(Uint8Array.from(bytes), 16 * MAX).ok).toBe(true);
});

it('has at most 96 words, none twice, in the order that phones know', () => {
  expect(new Set(WORDS).size).toBe(WORDS.length);
  expect(WORDS.length).toBeLessThanOrEqual(96);
  expect(WORDS.slice(0, 3)).toEqual(['v', 'device', 'epoch']);
});
