/// <reference path="./opencc-dict.d.ts" />
import { ConverterFactory } from 'opencc-js/core';
import TSPhrases from 'opencc-js/dict/TSPhrases';
import { hansExtras } from './house-table.ts';
import { characters } from './ts-characters.ts';

let converter: ((text: string) => string) | undefined;

/**
 * Simplified form of a text, in either script or mixed; simplified text comes back as it is.
 * Synchronous and small (about 15 kB brotli), for the phone. The dictionaries are unfolded at the
 * first call (some 10 ms, 1.2 MB) and kept.
 */
export function toHans(text: string): string {
  converter ??= ConverterFactory([hansExtras, TSPhrases, characters.toHans]);
  return converter(text);
}
