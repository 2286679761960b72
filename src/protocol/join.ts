/**
 * Joining by a one-time invitation.
 *
 * POST /api/join/look spends nothing: it only says whom the invitation is for.
 * POST /api/join spends it. The phone makes device id and token itself, so that the same request
 * sent again after a lost answer gets the same answer; another device finds it used.
 * POST /api/county tells anybody which county this is, so that a demonstration is marked before
 * anybody joined. The secret comes from the link's fragment and never stands in a URL that is sent.
 */
import * as v from 'valibot';
import { names, uuid } from '#domain/bodies/shared.ts';
import { ROLES } from '#domain/roles.ts';
import { grantSchema } from './sync.ts';

/** 32 random bytes, base64url: what an invitation and a token are. */
const secret32 = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

/** The county as phones know it. `demo`: every screen says 演示. */
export const countySchema = v.object({ id: uuid, names, demo: v.boolean() });

/** Nothing is asked and nobody is named. */
export const countyRequestSchema = v.strictObject({});

export const lookRequestSchema = v.strictObject({ secret: secret32 });
export const lookAnswerSchema = v.object({
  role: v.picklist(ROLES),
  names,
  /** The branch or, for reviewers and administrators, the county or township. */
  place: names,
  county: countySchema,
});
export type LookAnswer = v.InferOutput<typeof lookAnswerSchema>;

export const joinRequestSchema = v.strictObject({
  secret: secret32,
  device: uuid,
  token: secret32,
  notice: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Device key, P-256 public, raw uncompressed, base64url; left out where the phone can make none. */
  key: v.optional(v.pipe(v.string(), v.maxLength(128))),
});
export type JoinRequest = v.InferOutput<typeof joinRequestSchema>;

export const joinAnswerSchema = v.object({
  person: uuid,
  names,
  place: names,
  grants: v.array(grantSchema),
  county: countySchema,
  epoch: v.string(),
  now: v.number(),
});
export type JoinAnswer = v.InferOutput<typeof joinAnswerSchema>;
