/** The writing half of compact.ts. */
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { MARKS, PERSON, SHARED_COUNT, SHARED_MAX, SMALL_MAX, WORDS } from './compact-marks.ts';

const WORD_PLACES = new Map(WORDS.map((word, i) => [word, i]));
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Shorter texts gain nothing as bytes. */
const BASE64 = /^[\w-]{8,}$/;
/** Half of a character: UTF-8 has no form for it. */
const LONE = /\p{Cs}/u;

const FIRST_BYTES = 1_024;

/** Writes into a buffer that grows. */
export class CompactWriter {
  private out = new Uint8Array(FIRST_BYTES);
  private at = 0;
  private readonly places = new Map<string, number>();

  /** A byte as it is. */
  byte(value: number): void {
    this.room(1);
    this.out[this.at++] = value;
  }

  /** A value as JSON would have it. */
  value(value: unknown): void {
    if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number') this.number(value);
    else if (typeof value === 'boolean') this.byte(value ? MARKS.true : MARKS.false);
    else if (Array.isArray(value)) this.array(value);
    else if (typeof value === 'object' && value !== null) this.object(value);
    else this.byte(MARKS.null);
  }

  /** All that was written. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.out.slice(0, this.at);
  }

  private room(length: number): void {
    if (this.at + length <= this.out.length) return;
    const grown = new Uint8Array(Math.max(this.out.length * 2, this.at + length));
    grown.set(this.out);
    this.out = grown;
  }

  private all(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.out.set(bytes, this.at);
    this.at += bytes.length;
  }

  private varint(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) | 0x80);
    this.byte(rest);
  }

  private marked(mark: number, value: number): void {
    this.byte(mark);
    this.varint(value);
  }

  private number(value: number): void {
    if (!Number.isFinite(value)) this.byte(MARKS.null);
    else if (!Number.isSafeInteger(value)) this.float(value);
    else if (value < 0) this.marked(MARKS.negative, -value - 1);
    else if (value <= SMALL_MAX) this.byte(MARKS.small + value);
    else this.marked(MARKS.natural, value);
  }

  private float(value: number): void {
    this.byte(MARKS.float);
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value);
    this.all(bytes);
  }

  private text(value: string): void {
    const word = WORD_PLACES.get(value);
    if (word !== undefined) return this.byte(MARKS.word + word);
    const { places } = this;
    const place = value.length <= SHARED_MAX ? places.get(value) : undefined;
    if (place !== undefined) return this.marked(MARKS.again, place);
    if (value.length <= SHARED_MAX && places.size < SHARED_COUNT) places.set(value, places.size);
    this.newText(value);
  }

  private newText(value: string): void {
    if (UUID.test(value)) return this.uuid(MARKS.uuid, value);
    const id = value.startsWith(PERSON) ? value.slice(PERSON.length) : '';
    if (UUID.test(id)) return this.uuid(MARKS.person, id);
    const raw = BASE64.test(value) ? fromBase64Url(value) : null;
    if (raw && toBase64Url(raw) === value) return this.sized(MARKS.base64, raw);
    this.sized(LONE.test(value) ? MARKS.utf16 : MARKS.text, bytesOf(value));
  }

  private sized(mark: number, bytes: Uint8Array): void {
    this.marked(mark, bytes.length);
    this.all(bytes);
  }

  private uuid(mark: number, value: string): void {
    this.byte(mark);
    this.all(hexToBytes(value.replace(/-/g, '')));
  }

  private array(items: readonly unknown[]): void {
    this.marked(MARKS.array, items.length);
    for (const item of items) this.value(item);
  }

  private object(value: object): void {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    this.marked(MARKS.object, entries.length);
    for (const [name, member] of entries) {
      this.text(name);
      this.value(member);
    }
  }
}

function bytesOf(text: string): Uint8Array {
  if (!LONE.test(text)) return utf8ToBytes(text);
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i += 1) {
    bytes[2 * i] = text.charCodeAt(i) >> 8;
    bytes[2 * i + 1] = text.charCodeAt(i) & 0xff;
  }
  return bytes;
}
