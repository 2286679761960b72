/** The writing half of compact.ts. */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { MARKS, PERSON, SHARED_COUNT, SHARED_MAX, SMALL_MAX, WORDS } from './compact-marks.ts';

const WORD_PLACES = new Map(WORDS.map((word, i) => [word, i]));
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Shorter texts gain nothing as bytes. */
const BASE64 = /^[\w-]{8,}$/;
/** Half of a character: UTF-8 has no form for it. */
const LONE = /\p{Cs}/u;

const FIRST_BYTES = 1_024;

export interface Writer {
  byte(byte: number): void;
  value(value: unknown): void;
  bytes(): Uint8Array<ArrayBuffer>;
}

/** A writer into a buffer that grows. */
export function createWriter(): Writer {
  let out = new Uint8Array(FIRST_BYTES);
  let at = 0;
  const places = new Map<string, number>();

  function room(length: number): void {
    if (at + length <= out.length) return;
    const grown = new Uint8Array(Math.max(out.length * 2, at + length));
    grown.set(out);
    out = grown;
  }

  function byte(value: number): void {
    room(1);
    out[at++] = value;
  }

  function all(bytes: Uint8Array): void {
    room(bytes.length);
    out.set(bytes, at);
    at += bytes.length;
  }

  function varint(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) byte((rest % 0x80) | 0x80);
    byte(rest);
  }

  function number(value: number): void {
    if (!Number.isFinite(value)) byte(MARKS.null);
    else if (!Number.isSafeInteger(value)) float(value);
    else if (value < 0) (byte(MARKS.negative), varint(-value - 1));
    else if (value <= SMALL_MAX) byte(MARKS.small + value);
    else (byte(MARKS.natural), varint(value));
  }

  function float(value: number): void {
    byte(MARKS.float);
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value);
    all(bytes);
  }

  function text(value: string): void {
    const word = WORD_PLACES.get(value);
    if (word !== undefined) return byte(MARKS.word + word);
    const place = value.length <= SHARED_MAX ? places.get(value) : undefined;
    if (place !== undefined) return (byte(MARKS.again), varint(place));
    if (value.length <= SHARED_MAX && places.size < SHARED_COUNT) places.set(value, places.size);
    newText(value);
  }

  function newText(value: string): void {
    if (UUID.test(value)) return (byte(MARKS.uuid), uuid(value, 0));
    if (value.startsWith(PERSON) && UUID.test(value.slice(PERSON.length)))
      return (byte(MARKS.person), uuid(value, PERSON.length));
    const raw = BASE64.test(value) ? fromBase64Url(value) : null;
    if (raw && toBase64Url(raw) === value) return sized(MARKS.base64, raw);
    sized(LONE.test(value) ? MARKS.utf16 : MARKS.text, bytesOf(value));
  }

  function sized(mark: number, bytes: Uint8Array): void {
    byte(mark);
    varint(bytes.length);
    all(bytes);
  }

  function uuid(value: string, from: number): void {
    room(16);
    for (let i = from; i < from + 36; i += 1) {
      if (value[i] === '-') continue;
      out[at++] = Number.parseInt(value.slice(i, i + 2), 16);
      i += 1;
    }
  }

  function members(value: object): void {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    byte(MARKS.object);
    varint(entries.length);
    for (const [name, member] of entries) {
      text(name);
      write(member);
    }
  }

  function write(value: unknown): void {
    if (typeof value === 'string') text(value);
    else if (typeof value === 'number') number(value);
    else if (typeof value === 'boolean') byte(value ? MARKS.true : MARKS.false);
    else if (Array.isArray(value)) {
      byte(MARKS.array);
      varint(value.length);
      for (const item of value) write(item);
    } else if (typeof value === 'object' && value !== null) members(value);
    else byte(MARKS.null);
  }

  return { byte, value: write, bytes: () => out.slice(0, at) };
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
