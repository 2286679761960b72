import * as v from 'valibot';
import { day, names, uuid } from './shared.ts';

/** 80 bits, Crockford base32: a card's id, and what tells one code from the next. */
const random80 = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/));

/** What the person's own phone vouches for: who they are, on which of their devices, and when it was said. */
export const reported = {
  names,
  device: uuid,
  nonce: random80,
  /** The day on which the code was shown. */
  signed: day,
  /** By that device's key over all of this and the person's id (report-code.ts); base64url. */
  signature: v.pipe(v.string(), v.regex(/^[\w-]{86}$/)),
};

/** 雙報到: works or lives here · 流動: a migrant whom this branch is host to. */
export const SECOND_AS = ['double', 'migrant'] as const;
export type SecondAs = (typeof SECOND_AS)[number];

/**
 * in: subject takes part in this branch's life from `day` on and stays their own branch's. out: from
 * `day` on no more, whether the branch or they themselves say so. No reason is asked or kept.
 */
export const secondBody = v.variant('way', [
  v.strictObject({
    way: v.literal('in'),
    as: v.picklist(SECOND_AS),
    day,
    card: random80,
    ...reported,
  }),
  v.strictObject({ way: v.literal('out'), day }),
]);
export type SecondBody = v.InferOutput<typeof secondBody>;
