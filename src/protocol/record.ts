/**
 * A record on the wire. `author` and `device` are left out where they are the sender's own.
 * A self record shows id, scope, device and seq only; its body is base64url ciphertext.
 * An erased record has its header and `erased` = H(salt ‖ body) in the place of both, so that anybody
 * can compute its hash again; a phone sends it so as well, once it has erased it.
 * Limits: 2 KB a record; what breaks one is `invalid` for that record alone.
 */
import * as v from 'valibot';
import { SELF_KIND } from '#domain/kinds.ts';
import { day, TIME_MAX, uuid } from '#domain/bodies/shared.ts';

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const scope = v.pipe(v.string(), v.regex(/^(person:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const salt = v.pipe(v.string(), v.regex(/^[\w-]{11}$/));
/** However wrong a phone's clock is, another phone must be able to show it. */
const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(-TIME_MAX), v.maxValue(TIME_MAX));

/** 2 KB of base64url: one padding step short of what a body may be. */
const CIPHERTEXT_MAX = 2_400;

const plainHeader = {
  id: uuid,
  kind: v.pipe(v.string(), v.minLength(1), v.maxLength(32), v.notValue(SELF_KIND)),
  v: positive,
  scope,
  subject: v.optional(uuid),
  author: v.optional(uuid),
  device: v.optional(uuid),
  seq: positive,
  day,
  at: milliseconds,
  offset: v.optional(milliseconds),
  offsetAge: v.optional(milliseconds),
};

export const plainRecordSchema = v.strictObject({
  ...plainHeader,
  salt,
  body: v.record(v.string(), v.unknown()),
});
export type PlainRecord = v.InferOutput<typeof plainRecordSchema>;

/** `erased`: SHA-256 of salt and body, base64url. Since version 2. */
export const erasedRecordSchema = v.strictObject({
  ...plainHeader,
  erased: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
});
export type ErasedRecord = v.InferOutput<typeof erasedRecordSchema>;

export const selfRecordSchema = v.strictObject({
  id: uuid,
  kind: v.literal(SELF_KIND),
  scope,
  device: v.optional(uuid),
  seq: positive,
  salt,
  body: v.pipe(v.string(), v.maxLength(CIPHERTEXT_MAX), v.regex(/^[\w-]+$/)),
});
export type SelfRecord = v.InferOutput<typeof selfRecordSchema>;

export const recordSchema = v.union([plainRecordSchema, selfRecordSchema, erasedRecordSchema]);
export type WireRecord = v.InferOutput<typeof recordSchema>;

/**
 * A row as pulled: the record, its number in the scope, and why it waits for a person if it does.
 * What a later server adds beside it is passed over. Whoever asks with version 1 gets no erased rows:
 * its cursor passes them.
 */
export const rowSchema = v.union([
  v.object({ ...plainRecordSchema.entries, n: positive, confirm: v.optional(v.string()) }),
  v.object({ ...selfRecordSchema.entries, n: positive, confirm: v.optional(v.string()) }),
  v.object({ ...erasedRecordSchema.entries, n: positive, confirm: v.optional(v.string()) }),
]);
export type WireRow = v.InferOutput<typeof rowSchema>;
