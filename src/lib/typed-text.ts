/**
 * What somebody typed or pasted, as it is saved: two texts that look alike are one. The gate is here,
 * on the side of the forms; what the wire takes stays as wide as it was, and no record is rewritten.
 */

/** Marks that nobody sees (zero-width, of direction, soft hyphen, BOM, fillers, variants) and halves of characters; tabs and line ends stay. */
const UNSEEN = /(?![\t-\r])[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** U+2800 is a letter of Braille that is used as a space. */
const SPACES = /[\s\u2800]+/gu;

/** The dots that keyboards and Word files give for the one in 阿卜杜·热合曼, between two Han characters. */
const DOTS = /(\p{Script=Han})\s*[·•・･‧∙⋅．.]\s*(?=\p{Script=Han})/gu;

/** 王　芳: padded for a column. */
const PADDED = /^(?:\p{Script=Han}\s+)+\p{Script=Han}$/u;

/** The text without what nobody sees; its lines and spaces stay. */
export function withoutUnseen(text: string): string {
  return text.replace(UNSEEN, '');
}

/** One line, as a record holds it: nothing unseen, single spaces, none around it. */
export function typedLine(text: string): string {
  return withoutUnseen(text).replace(SPACES, ' ').trim();
}

/** `max` of its characters at most: a cut leaves no space at the end and no half of a rare character. */
export function typedLineOf(max: number, text: string): string {
  return typedLine(typedLine(text).slice(0, max));
}

/** The dot between the parts of a name is U+00B7, with no space around it. */
export function oneDot(text: string): string {
  return text.replace(DOTS, '$1·');
}

/** A person's name: one line, one dot, not padded; its characters are never converted. */
export function typedName(text: string): string {
  const name = oneDot(typedLine(text));
  return PADDED.test(name) ? name.replace(/\s+/gu, '') : name;
}
