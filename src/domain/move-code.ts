/**
 * The 搬 code, by which a phone lets another device of the same person in: 80 random bits as 16
 * characters of Crockford base32, in fours. Read aloud, typed, pasted or scanned; small letters,
 * spaces, dashes, the marks that a chat puts in unseen and the whole address around it do not matter.
 * The server is told `moveLookup` of it and never the code; what is sealed under it
 * (data/move-seal.ts) is sealed under another hash.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase32, toBase32 } from '#lib/base32.ts';
import { toBase64Url } from '#lib/base64.ts';
import type { Random } from '#lib/random.ts';
import { fail, ok, type Result } from '#lib/result.ts';

const CODE_BYTES = 10;
const CODE_CHARACTERS = (CODE_BYTES * 8) / 5;
/** So many stand together on the screen. */
const TOGETHER = 4;

/** How long an office computer is lent. */
export const OFFICE_HOURS = 12;

/** short: not all of it is there · wrong: too long, or no such characters. */
export type MoveMistake = 'short' | 'wrong';

/** A code that nobody had before. */
export function newMoveCode(random: Random): string {
  return toBase32(random.bytes(CODE_BYTES));
}

/** The code as it is shown, in fours. */
export function moveCodeText(code: string): string {
  return (code.match(new RegExp(`.{1,${TOGETHER}}`, 'g')) ?? []).join(' ');
}

/** The code in what somebody typed or pasted. */
export function readMoveCode(text: string): Result<string, MoveMistake> {
  const fragment = text.slice(text.lastIndexOf('#') + 1);
  const characters = fragment.normalize('NFKC').replace(/[\s\p{P}\p{Cf}]/gu, '');
  if (characters.length < CODE_CHARACTERS) return fail('short');
  const bytes = characters.length === CODE_CHARACTERS ? fromBase32(characters) : null;
  return bytes ? ok(toBase32(bytes)) : fail('wrong');
}

/** What the server finds the code by: SHA-256 over a label of its own and the code, base64url. */
export function moveLookup(code: string): string {
  return toBase64Url(sha256(utf8ToBytes(`rixue move lookup ${code}`)));
}
