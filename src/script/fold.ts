/// <reference path="./opencc-dict.d.ts" />
import { ConverterFactory } from 'opencc-js/core';
import { hansExtras } from './house-table.ts';
import { characters } from './ts-characters.ts';

/**
 * Pairs that only phrases tell apart in t2s. A key must not depend on its neighbours: what is typed
 * is often half a word.
 */
const looseExtras: readonly (readonly [string, string])[] = [
  ['著', '着'],
  ['瞭', '了'],
  ['藉', '借'],
  ['覆', '复'],
  ['沈', '沉'],
];

/** Spaces, punctuation (two dots are mathematics to Unicode) and invisible marks: nobody types them as the page has them. */
const noise = /[\p{P}\p{Z}\p{C}∙⋅]+/gu;

let converter: ((text: string) => string) | undefined;

/**
 * The key under which a text is found: one script, one width, one case, no spaces or punctuation.
 * Works character by character, so `fold(text).includes(fold(query))` holds for every part of the
 * text, whichever script either was typed in. For searching only, never for showing.
 */
export function fold(text: string): string {
  converter ??= ConverterFactory([hansExtras, looseExtras, characters.toHans]);
  return converter(text.normalize('NFKC').toLowerCase()).replace(noise, '');
}
