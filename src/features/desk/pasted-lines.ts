/** What word processors and chats hide in a text: it would make two of one name, or turn a line about. */
const UNSEEN =
  /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** The lines of a pasted text that say something, without unseen marks. */
export function pastedLines(text: string): string[] {
  return text
    .replace(UNSEEN, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim());
}
