/**
 * POST /api/renew (since version 2): a device whose chain forked (its phone's image was restored, its
 * profile copied) goes on under a new id. Authorization: Bearer <the old token>.
 *
 * The phone makes and keeps device id, token and key before it asks; the same request again, after a
 * lost answer, gets the same answer. From then on the old token only hands in (protocol/sync.ts), and
 * whoever else holds a copy of it is told session.revoked.
 */
import * as v from 'valibot';
import { uuid } from '#domain/bodies/shared.ts';

export const renewRequestSchema = v.strictObject({
  device: uuid,
  /** 32 random bytes, base64url. */
  token: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  /** As in joining; left out where the phone can make none. */
  key: v.optional(v.pipe(v.string(), v.maxLength(128))),
});
export type RenewRequest = v.InferOutput<typeof renewRequestSchema>;

export const renewAnswerSchema = v.object({ device: uuid });
export type RenewAnswer = v.InferOutput<typeof renewAnswerSchema>;
