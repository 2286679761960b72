/**
 * The recovery card: the key of a person's own study on paper, for the day when the phone is gone.
 *
 * 56 characters of Crockford base32 (read aloud, typed or scanned) = 32 bytes of key ‖ 3 bytes of
 * check over key and person. A slip of the pen and somebody else's card are noticed before anything
 * is done; which of the two it was cannot be told.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase32, toBase32 } from '#lib/base32.ts';
import { fail, ok, type Result } from '#lib/result.ts';

export const PERSON_KEY_BYTES = 32;
const CHECK_BYTES = 3;
const CARD_CHARACTERS = ((PERSON_KEY_BYTES + CHECK_BYTES) * 8) / 5;
/** So many stand together on the card. */
const TOGETHER = 4;

/** short: not all of it is there · wrong: a slip of the pen, or somebody else's. */
export type CardMistake = 'short' | 'wrong';

/** The characters of a person's card, in fours. `key`: 32 bytes. */
export function cardText(person: string, key: Uint8Array): string {
  const characters = toBase32(concatBytes(key, checkOf(person, key)));
  return (characters.match(new RegExp(`.{${TOGETHER}}`, 'g')) ?? []).join(' ');
}

/** The key on a card as somebody typed it: spaces, lines, dashes and small letters do not matter. */
export function readCard(
  text: string,
  person: string,
): Result<Uint8Array<ArrayBuffer>, CardMistake> {
  const characters = text.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
  if (characters.length < CARD_CHARACTERS) return fail('short');
  const bytes = characters.length === CARD_CHARACTERS ? fromBase32(characters) : null;
  if (!bytes) return fail('wrong');
  const key = Uint8Array.from(bytes.slice(0, PERSON_KEY_BYTES));
  const given = bytes.slice(PERSON_KEY_BYTES);
  return checkOf(person, key).every((byte, i) => byte === given[i]) ? ok(key) : fail('wrong');
}

function checkOf(person: string, key: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8ToBytes(`card ${person} `), key)).slice(0, CHECK_BYTES);
}
