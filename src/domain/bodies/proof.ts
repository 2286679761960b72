import * as v from 'valibot';
import { ACTIVITY_TYPES } from './attendance.ts';
import { line, time, uuid } from './shared.ts';

/** 80 bits in Crockford base32 (hall-code.ts). */
const PROOF = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** Several people on one phone are ordinary; of a household so many are members at the most. */
export const HOUSEHOLD_MAX = 6;

/** Left out of both ways wherever a phone is one person's or one household's: nobody is told of it. */
const people = v.optional(v.pipe(v.number(), v.integer(), v.minValue(HOUSEHOLD_MAX + 1)));

/** What the hall code said: which activity, on whose screen, in which 15 s slot of that phone. */
const scannedBody = v.strictObject({
  way: v.literal('code'),
  activity: uuid,
  device: uuid,
  type: v.picklist(ACTIVITY_TYPES),
  starts: time,
  slot: v.pipe(v.number(), v.integer(), v.minValue(0)),
  proof: v.pipe(v.string(), v.regex(PROOF)),
  people,
});

/** Six digits; no activity, because an offline phone may not know of it. */
const digitsBody = v.strictObject({
  way: v.literal('digits'),
  digits: v.pipe(v.string(), v.regex(/^\d{6}$/)),
  people,
});

/**
 * What subject's own phone says of having been there. When it was scanned is the record's `at` with the
 * offset it was written under; the desk judges it, the phone never does (judge-proof.ts).
 * `people`: how many use this phone, where they are more than a household.
 */
export const proofBody = v.variant('way', [scannedBody, digitsBody]);
export type ProofBody = v.InferOutput<typeof proofBody>;

/** That this device shows the hall code of an activity: whose digits the judge tries. */
export const shownBody = v.strictObject({ activity: uuid });
export type ShownBody = v.InferOutput<typeof shownBody>;

/** Random id of a printed card: means nothing elsewhere, identifies and never proves. */
export const cardBody = v.strictObject({ card: v.pipe(v.string(), v.regex(PROOF)) });
export type CardBody = v.InferOutput<typeof cardBody>;

export const OBJECTION_MAX = 200;

/** 「這條不對」 about the own line, or that it is settled; `text` as the member likes, or nothing. */
export const objectionBody = v.strictObject({
  activity: uuid,
  text: v.optional(line(OBJECTION_MAX)),
  settled: v.optional(v.literal(true)),
});
export type ObjectionBody = v.InferOutput<typeof objectionBody>;

/** The same to those above the branch, which the branch does not hear of; they see no roll, so it names the day and what it was. */
export const objectionAboveBody = v.strictObject({
  branch: uuid,
  activity: uuid,
  title: line(40),
  starts: time,
  text: v.optional(line(OBJECTION_MAX)),
});
export type ObjectionAboveBody = v.InferOutput<typeof objectionAboveBody>;
