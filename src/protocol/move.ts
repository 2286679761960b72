/**
 * The 搬 code: a device of a person lets another one in (since version 3, later than joining).
 *
 * POST /api/move (Authorization as for sync). `make` leaves one code of this person, in place of any
 * before: `lookup` = a hash of the code (domain/move-code.ts), `sealed` = what the new device is to
 * have, closed under the code, which the server never learns. `hours`: the device that takes it ends
 * by itself so long after taking; left out, it does not. The code is good until `until` (ten minutes,
 * server time, as `now`) and once. `back` takes it back; told again it changes nothing. A device that
 * ends by itself makes none: `move.lent`.
 *
 * POST /api/move/take (without a token). Device, token and key are made and kept on the new device
 * before it asks, as in joining, so that the same request after a lost answer gets the same answer, for
 * a day. The answer is that of joining with `sealed` and `ends`, when this device ends by itself. A code
 * that is over, used, taken back or of nobody is answered alike: `move.over`. 80 bits for ten minutes
 * are not guessed, so nobody's tries are counted and nobody is kept out by another's. Old phones ask
 * neither.
 */
import * as v from 'valibot';
import { uuid } from '#domain/bodies/shared.ts';
import { OFFICE_HOURS } from '#domain/move-code.ts';
import { joinAnswerSchema } from './join.ts';

/** 32 bytes, base64url. */
const hash32 = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

/** Seventeen keys and the little around them. */
const SEALED_MAX = 2_048;

export const moveRequestSchema = v.variant('act', [
  v.strictObject({
    act: v.literal('make'),
    lookup: hash32,
    sealed: v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(SEALED_MAX)),
    hours: v.optional(v.literal(OFFICE_HOURS)),
  }),
  v.strictObject({ act: v.literal('back') }),
]);
export type MoveRequest = v.InferOutput<typeof moveRequestSchema>;

/** `until`: null once it was taken back. */
export const moveAnswerSchema = v.object({ until: v.nullable(v.number()), now: v.number() });
export type MoveAnswer = v.InferOutput<typeof moveAnswerSchema>;

export const takeRequestSchema = v.strictObject({
  lookup: hash32,
  device: uuid,
  token: hash32,
  /** As in joining; left out where the device can make none. */
  key: v.optional(v.pipe(v.string(), v.maxLength(128))),
});
export type TakeRequest = v.InferOutput<typeof takeRequestSchema>;

export const takeAnswerSchema = v.object({
  ...joinAnswerSchema.entries,
  sealed: v.string(),
  ends: v.nullable(v.number()),
});
export type TakeAnswer = v.InferOutput<typeof takeAnswerSchema>;
