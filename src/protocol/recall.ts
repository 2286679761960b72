/**
 * The second copy of a device's token: a cookie that scripts cannot read, one a person, kept by the
 * browser where it clears what scripts stored (iOS Safari after seven days, a cleaning app).
 *
 * POST /api/join/keep (Authorization as for sync) lays that person's cookie down anew.
 * POST /api/join/recall is what a phone asks on which nobody is known any more: whoever has a good
 * cookie is told as by joining, with the token, under the same device. Cookies of revoked or unknown
 * tokens are answered by being cleared. Both take an empty object as JSON from the same site only;
 * a server on plain http lays no cookie down and recalls nobody. Old phones ask neither.
 */
import * as v from 'valibot';
import { names, uuid } from '#domain/bodies/shared.ts';
import { countySchema } from './join.ts';
import { grantSchema } from './sync.ts';

export const recallRequestSchema = v.strictObject({});

/** `seq`: the highest that the server has seen of the device; the next record counts on from there. */
const recalledSchema = v.object({
  person: uuid,
  device: uuid,
  token: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  seq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  names,
  place: names,
  grants: v.array(grantSchema),
  county: countySchema,
  epoch: v.string(),
});

export const recallAnswerSchema = v.object({ people: v.array(recalledSchema) });
export type RecallAnswer = v.InferOutput<typeof recallAnswerSchema>;

/** `kept`: whether a cookie was laid down. */
export const keepAnswerSchema = v.object({ kept: v.boolean() });
export type KeepAnswer = v.InferOutput<typeof keepAnswerSchema>;
