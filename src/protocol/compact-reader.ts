/** The reading half of compact.ts. Whatever is not as it should be is a RangeError. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { toBase64Url } from '#lib/base64.ts';
import { fromUtf8 } from '#lib/utf8.ts';
import { DEPTH_MAX, MARKS, PERSON, SHARED_COUNT, SHARED_MAX, WORDS } from './compact-marks.ts';

/** What a value costs as JSON beside its text: quotes, a comma, a colon. */
const AROUND = 3;

export interface Reader {
  byte(): number;
  value(): unknown;
  atEnd(): boolean;
}

/** A reader of `bytes` that gives up after about `max` characters of JSON. */
export function createReader(bytes: Uint8Array, max: number): Reader {
  let at = 0;
  let left = max;
  const shared: string[] = [];

  function byte(): number {
    const value = bytes[at];
    if (value === undefined) throw new RangeError('cut');
    at += 1;
    return value;
  }

  function part(length: number): Uint8Array {
    if (length > bytes.length - at) throw new RangeError('cut');
    at += length;
    return bytes.subarray(at - length, at);
  }

  function varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const next = byte();
      value += (next & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('no such number');
      if (next < 0x80) return value;
      if (scale > Number.MAX_SAFE_INTEGER) throw new RangeError('no such number');
    }
  }

  function spend(characters: number): void {
    left -= characters + AROUND;
    if (left < 0) throw new RangeError('too long');
  }

  function text(mark: number): string {
    const value = mark >= MARKS.word && mark < MARKS.small ? wordAt(mark) : textOf(mark);
    spend(value.length);
    return value;
  }

  function wordAt(mark: number): string {
    const word = WORDS[mark - MARKS.word];
    if (word === undefined) throw new RangeError('no such word');
    return word;
  }

  function textOf(mark: number): string {
    if (mark === MARKS.again) {
      const value = shared[varint()];
      if (value === undefined) throw new RangeError('no such text');
      return value;
    }
    const value = newText(mark);
    if (value.length <= SHARED_MAX && shared.length < SHARED_COUNT) shared.push(value);
    return value;
  }

  function newText(mark: number): string {
    switch (mark) {
      case MARKS.text:
        return utf8Of(part(varint()));
      case MARKS.uuid:
        return uuidOf(part(16));
      case MARKS.person:
        return PERSON + uuidOf(part(16));
      case MARKS.base64:
        return toBase64Url(part(varint()));
      case MARKS.utf16:
        return utf16Of(part(varint()));
      default:
        throw new RangeError('no text');
    }
  }

  function read(depth: number): unknown {
    const mark = byte();
    if (mark >= MARKS.small) return (spend(1), mark - MARKS.small);
    if (mark === MARKS.array || mark === MARKS.object) return nested(mark, depth + 1);
    switch (mark) {
      case MARKS.null:
        return (spend(1), null);
      case MARKS.false:
      case MARKS.true:
        return (spend(1), mark === MARKS.true);
      case MARKS.natural:
        return (spend(1), varint());
      case MARKS.negative:
        return (spend(1), -varint() - 1);
      case MARKS.float:
        return (spend(1), floatOf(part(8)));
      default:
        return text(mark);
    }
  }

  function nested(mark: number, depth: number): unknown {
    if (depth > DEPTH_MAX) throw new RangeError('too deep');
    const count = varint();
    // Each item takes a byte at least: what cannot be there is not made room for.
    if (count > bytes.length - at) throw new RangeError('cut');
    spend(1);
    if (mark === MARKS.array) {
      const items: unknown[] = [];
      for (let i = 0; i < count; i += 1) items.push(read(depth));
      return items;
    }
    const value: Record<string, unknown> = {};
    for (let i = 0; i < count; i += 1) setMember(value, text(byte()), read(depth));
    return value;
  }

  return { byte, value: () => read(0), atEnd: () => at === bytes.length };
}

/** As JSON.parse does it: a member of this name is no prototype. */
function setMember(value: Record<string, unknown>, name: string, member: unknown): void {
  if (name !== '__proto__') value[name] = member;
  else
    Object.defineProperty(value, name, {
      value: member,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}

function floatOf(bytes: Uint8Array): number {
  const value = new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
  if (!Number.isFinite(value)) throw new RangeError('no number');
  return value;
}

function uuidOf(bytes: Uint8Array): string {
  const hex = bytesToHex(bytes);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `${parts.join('-')}-${hex.slice(20)}`;
}

function utf8Of(bytes: Uint8Array): string {
  const text = fromUtf8(bytes);
  if (text === null) throw new RangeError('no UTF-8');
  return text;
}

function utf16Of(bytes: Uint8Array): string {
  if (bytes.length % 2 !== 0) throw new RangeError('cut');
  let text = '';
  for (let i = 0; i < bytes.length; i += 2)
    text += String.fromCharCode(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  return text;
}
