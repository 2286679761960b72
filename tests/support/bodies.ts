import { gunzipSync } from 'node:zlib';
import { fromCompact } from '#protocol/compact.ts';

const GZIP = 0x1f;
const OBJECT = 0x7b;
const MAX = 16 * 1024 * 1024;

/** A body of the API as a value, whatever form it has: JSON or small, gzip'ed or not. */
export function bodyOf<T>(bytes: Uint8Array): T {
  const plain = bytes[0] === GZIP ? gunzipSync(bytes) : bytes;
  if (plain[0] === OBJECT) return JSON.parse(Buffer.from(plain).toString()) as T;
  const value = fromCompact(plain, MAX);
  if (!value.ok) throw new Error('no body of ours');
  return value.value as T;
}
