import * as v from 'valibot';
import { day, line } from './shared.ts';

/** 80 bits, Crockford base32: who has it may take the person over into a branch. */
const code = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/));

/** The name of another branch or place, as it was typed. */
export const PLACE_MAX = 40;

/**
 * out: subject leaves the branch from `day` on; with a code another branch of the county takes them
 * over, without one they go elsewhere. in: this branch takes them over by that code. stay: the code
 * opens nothing any more, they stay. No reason is asked or kept.
 */
export const transferBody = v.variant('way', [
  v.strictObject({
    way: v.literal('out'),
    day,
    code: v.optional(code),
    to: v.optional(line(PLACE_MAX)),
  }),
  v.strictObject({ way: v.literal('in'), day, code }),
  v.strictObject({ way: v.literal('stay'), code }),
]);
export type TransferBody = v.InferOutput<typeof transferBody>;

/**
 * From the server to the branch that let subject go by `code`: another one has taken them over, from
 * `day` on. Which one is not said.
 */
export const takenOverBody = v.strictObject({ day, code });
export type TakenOverBody = v.InferOutput<typeof takenOverBody>;
