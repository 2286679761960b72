/**
 * Bytes to text without TextDecoder, which this folder's runtimes do not share; undefined where the
 * bytes are not UTF-8.
 */
export function utf8FromBytes(bytes: Uint8Array): string | undefined {
  let escaped = '';
  for (const byte of bytes) {
    escaped += byte < 0x80 && byte !== PERCENT ? String.fromCharCode(byte) : hex[byte];
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}

const PERCENT = 0x25;
const hex = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).padStart(2, '0')}`);
