import { withoutUnseen } from '#lib/typed-text.ts';

/** As Unicode has them: Word ends some with a vertical tab. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** The lines of a pasted text that say something, without unseen marks. */
export function pastedLines(text: string): string[] {
  return text
    .split(LINE_END)
    .map(withoutUnseen)
    .filter((line) => line.trim());
}
