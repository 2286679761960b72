/** The reading half of compact.ts. Whatever is not as it should be is a RangeError. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { toBase64Url } from '#lib/base64.ts';
import { fromUtf8 } from '#lib/utf8.ts';
import { DEPTH_MAX, MARKS, PERSON, SHARED_COUNT, SHARED_MAX, WORDS } from './compact-marks.ts';

/** What a value costs as JSON beside its text: quotes, a comma, a colon. */
const AROUND = 3;

/** Reads `bytes`, and gives up after about `max` characters of JSON. */
export class CompactReader {
  private at = 0;
  private left: number;
  private readonly bytes: Uint8Array;
  private readonly shared: string[] = [];

  constructor(bytes: Uint8Array, max: number) {
    this.bytes = bytes;
    this.left = max;
  }

  /** The next byte as it is. */
  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw new RangeError('cut');
    this.at += 1;
    return value;
  }

  /** Whether all has been read. */
  atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  /** The next value, `depth` levels down. */
  value(depth = 0): unknown {
    const mark = this.byte();
    if (mark >= MARKS.small) return this.spent(mark - MARKS.small);
    switch (mark) {
      case MARKS.array:
        return this.array(depth + 1);
      case MARKS.object:
        return this.object(depth + 1);
      case MARKS.null:
        return this.spent(null);
      case MARKS.false:
      case MARKS.true:
        return this.spent(mark === MARKS.true);
      case MARKS.natural:
        return this.spent(this.varint());
      case MARKS.negative:
        return this.spent(-this.varint() - 1);
      case MARKS.float:
        return this.spent(floatOf(this.part(8)));
      default:
        return this.text(mark);
    }
  }

  private part(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new RangeError('cut');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const next = this.byte();
      value += (next & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('no such number');
      if (next < 0x80) return value;
      if (scale > Number.MAX_SAFE_INTEGER) throw new RangeError('no such number');
    }
  }

  /** What is not a text takes about a character. */
  private spent<T>(value: T, characters = 1): T {
    this.left -= characters + AROUND;
    if (this.left < 0) throw new RangeError('too long');
    return value;
  }

  private text(mark: number): string {
    const value =
      mark >= MARKS.word && mark < MARKS.small ? wordOf(mark) : this.textThatMayCome(mark);
    return this.spent(value, value.length);
  }

  private textThatMayCome(mark: number): string {
    if (mark === MARKS.again) {
      const value = this.shared[this.varint()];
      if (value === undefined) throw new RangeError('no such text');
      return value;
    }
    const value = this.newText(mark);
    if (value.length <= SHARED_MAX && this.shared.length < SHARED_COUNT) this.shared.push(value);
    return value;
  }

  private newText(mark: number): string {
    switch (mark) {
      case MARKS.text:
        return utf8Of(this.part(this.varint()));
      case MARKS.uuid:
        return uuidOf(this.part(16));
      case MARKS.person:
        return PERSON + uuidOf(this.part(16));
      case MARKS.base64:
        return toBase64Url(this.part(this.varint()));
      case MARKS.utf16:
        return utf16Of(this.part(this.varint()));
      default:
        throw new RangeError('no text');
    }
  }

  private array(depth: number): unknown[] {
    const items: unknown[] = [];
    for (let count = this.count(depth); count > 0; count -= 1) items.push(this.value(depth));
    return items;
  }

  private object(depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (let count = this.count(depth); count > 0; count -= 1)
      setMember(value, this.text(this.byte()), this.value(depth));
    return value;
  }

  /** How many items follow. Each takes a byte at least: what cannot be there is not made room for. */
  private count(depth: number): number {
    if (depth > DEPTH_MAX) throw new RangeError('too deep');
    const count = this.varint();
    if (count > this.bytes.length - this.at) throw new RangeError('cut');
    return this.spent(count);
  }
}

function wordOf(mark: number): string {
  const word = WORDS[mark - MARKS.word];
  if (word === undefined) throw new RangeError('no such word');
  return word;
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
