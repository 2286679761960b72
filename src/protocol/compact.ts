/**
 * The small form of a message: the same JSON value in fewer bytes. Content type COMPACT_TYPE; JSON
 * stays accepted everywhere, an answer has the form of its request, errors are always JSON.
 *
 * A text starts with the byte MARK, then one value. A value is a byte, and what it asks for:
 *   00 null · 01 false · 02 true · 03 number ≥ 0 as varint · 04 number < 0, varint of -n-1
 *   05 another number, 8 bytes IEEE 754 big endian
 *   06 text, length and UTF-8 · 07 dashed UUID, 16 bytes · 08 canonical base64url, length and bytes
 *   09 `person:` and a UUID · 0a a text that came before, its place · 0b text, length and UTF-16
 *   0c array, count and values · 0d object, count and pairs of text and value
 *   20–7f a word of compact-marks.ts · 80–ff a number of 0 to 127
 * A varint has 7 bits a byte, lowest first. Texts that are no words and at most SHARED_MAX long have
 * places in the order in which they come, the first SHARED_COUNT of them.
 * Promises: decode(encode(x)) is what JSON.parse(JSON.stringify(x)) is. The other side may send
 * anything: what is cut, padded, too deep, or says more than `max` characters is refused, and
 * nothing is taken from memory before its bytes are there.
 */
import { COMPACT_MARK as MARK } from './compact-marks.ts';
import { CompactReader } from './compact-reader.ts';
import { CompactWriter } from './compact-writer.ts';
import { fail, ok, type Result } from '#lib/result.ts';

export const COMPACT_TYPE = 'application/x-rixue';

/** The value's small form; what JSON leaves out is left out. */
export function toCompact(value: unknown): Uint8Array<ArrayBuffer> {
  const writer = new CompactWriter();
  writer.byte(MARK);
  writer.value(value);
  return writer.bytes();
}

/** The value, or `malformed`. `max`: how long it may be as JSON, about, in characters. */
export function fromCompact(bytes: Uint8Array, max: number): Result<unknown, 'malformed'> {
  const reader = new CompactReader(bytes, max);
  try {
    if (reader.byte() !== MARK) return fail('malformed');
    const value = reader.value();
    return reader.atEnd() ? ok(value) : fail('malformed');
  } catch (error) {
    if (error instanceof RangeError) return fail('malformed');
    throw error;
  }
}
