import { utf8ToBytes } from '@noble/hashes/utils.js';

/** What a cheap camera still reads off another cheap screen: a code of about 90 modules a side. */
const PART_BYTES = 600;

/**
 * A long text as the texts of several codes, none too dense to scan. Each but a single one begins
 * with its place, such as `2/5`, and a line break; no character is cut in two.
 */
export function qrParts(text: string): string[] {
  const parts: string[] = [''];
  let size = 0;
  for (const character of text) {
    const bytes = utf8ToBytes(character).length;
    if (size + bytes > PART_BYTES) {
      parts.push('');
      size = 0;
    }
    size += bytes;
    parts[parts.length - 1] += character;
  }
  return parts.length === 1 ? parts : parts.map((part, i) => `${i + 1}/${parts.length}\n${part}`);
}
