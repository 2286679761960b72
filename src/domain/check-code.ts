/**
 * The check code (校驗碼) of a roll: twelve characters by which anybody can tell that two papers, two
 * phones or an export and the server say the same. It is computed from what stands, never stored.
 *
 * It is taken over this text, UTF-8, a line feed after each line, the last one too:
 *
 *     rixue-roll-1
 *     <activity id>
 *     <headcount>
 *     <paper count>
 *     <member id> <state> <record id>
 *
 * with one such last line for everybody whose state is not `none`, sorted by code unit. Ids are UUIDs in lower
 * case, numbers decimal, states those of a check-in (present, online, leave, excused). Nothing in it is
 * a name, so that the code outlives the erasure of one and is the same in both scripts; everything in it
 * is in an export that carries the ids (編號), so that whoever holds one can compute it without the app:
 *
 *     the first 60 bits of SHA-256, five bits a character, 0123456789ABCDEFGHJKMNPQRSTVWXYZ
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase32 } from '#lib/base32.ts';
import { toBase64Url } from '#lib/base64.ts';
import type { CheckInState } from './bodies/attendance.ts';

/** One person's line of a roll. */
export interface CheckedLine {
  /** Member id. */
  person: string;
  state: CheckInState;
  /** Id of the check-in that stands. */
  record: string;
}

/** What a check code is computed from. */
export interface CheckedRoll {
  /** Activity id. */
  activity: string;
  /** How many were counted in the hall. */
  headcount: number;
  /** How many of them are kept on paper alone. */
  paper: number;
  /** In any order; whoever is `none` is passed over. */
  lines: readonly CheckedLine[];
}

/** 12 characters of 5 bits: nobody finds another roll with the same ones by trying. */
const CHARACTERS = 12;

/** The first line: says what the text is, and changes when its form does. */
const FORM = 'rixue-roll-1';

/** The check code of a roll, 12 characters of Crockford base32. */
export function checkCodeOf(roll: CheckedRoll): string {
  return toBase32(sha256(utf8ToBytes(rollText(roll)))).slice(0, CHARACTERS);
}

/** The whole hash that the check code is the beginning of, 32 bytes as base64url: what a `closing` keeps. */
export function rollHash(roll: CheckedRoll): string {
  return toBase64Url(sha256(utf8ToBytes(rollText(roll))));
}

/** A check code as people read it: `7K3M-Q0ZD-1T9V`. */
export function spacedCheckCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

function rollText({ activity, headcount, paper, lines }: CheckedRoll): string {
  const of = lines
    .filter(({ state }) => state !== 'none')
    .map(({ person, state, record }) => `${person} ${state} ${record}`)
    .sort();
  return [FORM, activity, headcount, paper, ...of].map((line) => `${line}\n`).join('');
}
