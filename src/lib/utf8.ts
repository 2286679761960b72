/** First and last code point of a character that takes 1, 2, 3 or 4 bytes: a longer form is no UTF-8. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];
const MOST = 0x10ffff;

/** The text of UTF-8 bytes, or null where they are none (RFC 3629). For short texts in pure folders. */
export function fromUtf8(bytes: Uint8Array): string | null {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const length = lengthOf(first);
    let point = length === 1 ? first : first & (0x7f >> length);
    if (length === 0 || at + length > bytes.length) return null;
    for (let i = 1; i < length; i += 1) {
      const next = bytes[at + i] ?? 0;
      if (next >> 6 !== 0b10) return null;
      point = (point << 6) | (next & 0x3f);
    }
    if (point < (LEAST[length] ?? 0) || point > MOST || (point >= 0xd800 && point <= 0xdfff))
      return null;
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

/** How many bytes the character takes that begins with this one; 0 where none begins so. */
function lengthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc0) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf8 ? 4 : 0;
}
