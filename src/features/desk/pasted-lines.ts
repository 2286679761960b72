import { withoutUnseen } from '#lib/typed-text.ts';

/** The lines of a pasted text that say something, without unseen marks. */
export function pastedLines(text: string): string[] {
  return withoutUnseen(text)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim());
}
