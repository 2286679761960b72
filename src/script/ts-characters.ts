/// <reference path="./opencc-dict.d.ts" />
import TSCharacters from 'opencc-js/dict/TSCharacters';

/**
 * Traditional to simplified, character by character. In an object: the bundler writes a constant text
 * into everyone who imports it, and this one is 30 kB.
 */
export const characters = { toHans: TSCharacters };
