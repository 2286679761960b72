/**
 * POST /api/join/again (since version 2, later than joining): an empty phone asks to be let in again by
 * a member's invitation that is used or over. The phone makes and keeps device id, token and key
 * before it asks, so that the same request after a lost answer gets the same answer.
 *
 * `ask: true` leaves one request for the branch's desk; `ask: false` only looks what became of it. A
 * request gives nobody anything: the answer names nobody until the desk has admitted that very device
 * (`in`: as by joining, once and again). It waits 14 days. The number that is read out over the
 * telephone is made of request and device on both sides (domain/devices.ts). Old phones ask nothing.
 */
import * as v from 'valibot';
import { uuid } from '#domain/bodies/shared.ts';
import { joinAnswerSchema } from './join.ts';

const secret32 = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

export const againRequestSchema = v.strictObject({
  secret: secret32,
  device: uuid,
  token: secret32,
  ask: v.boolean(),
  /** As in joining; left out where the phone can make none. */
  key: v.optional(v.pipe(v.string(), v.maxLength(128))),
});
export type AgainRequest = v.InferOutput<typeof againRequestSchema>;

/** none: nobody waits under this device (any more). */
export const againAnswerSchema = v.variant('state', [
  v.object({ state: v.literal('none') }),
  v.object({ state: v.literal('waiting'), request: uuid }),
  v.object({ state: v.literal('in'), joined: joinAnswerSchema }),
]);
export type AgainAnswer = v.InferOutput<typeof againAnswerSchema>;
