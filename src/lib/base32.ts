/** Crockford's alphabet: no I, L, O, U, so a person can read it aloud and a QR stays alphanumeric. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ALIASES: Record<string, string> = { I: '1', L: '1', O: '0' };

/** Bytes as Crockford base32 in upper case, the last character padded with zero bits. */
export function toBase32(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      out += ALPHABET[(bits >> held) & 31];
    }
    bits &= (1 << held) - 1;
  }
  return held > 0 ? out + ALPHABET[(bits << (5 - held)) & 31] : out;
}

/** The bytes of a Crockford base32 text (any case, I L O read as 1 1 0), or null when it is not one. */
export function fromBase32(text: string): Uint8Array | null {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const raw of text.toUpperCase()) {
    const value = ALPHABET.indexOf(ALIASES[raw] ?? raw);
    if (value < 0) return null;
    bits = (bits << 5) | value;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    out.push((bits >> held) & 0xff);
    bits &= (1 << held) - 1;
  }
  return Uint8Array.from(out);
}
