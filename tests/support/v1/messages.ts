/**
 * The messages of protocol 1 as phones of that version know them: frozen, imports nothing that can
 * change. tests/meta compares their hash with the released one.
 */
import * as v from 'valibot';

const TIME_MAX = 253_370_764_800_000;
const BATCH_MAX = 500;
const WANT_MAX_BYTES = 512 * 1024;
const CIPHERTEXT_MAX = 2_400;

const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const secret32 = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const view = v.picklist(['self', 'member', 'desk', 'review', 'admin']);
const role = v.picklist(['member', 'committee', 'secretary', 'reviewer', 'administrator']);
const line = v.pipe(v.string(), v.minLength(1), v.maxLength(40), v.check(isPlain));
const names = v.pipe(
  v.strictObject({ hans: v.optional(line), hant: v.optional(line) }),
  v.check((value) => value.hans !== undefined || value.hant !== undefined),
);
const day = v.pipe(v.string(), v.check(isDay));
const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(-TIME_MAX), v.maxValue(TIME_MAX));
const recordScope = v.pipe(
  v.string(),
  v.regex(/^(person:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
);
const salt = v.pipe(v.string(), v.regex(/^[\w-]{11}$/));

const plainRecord = v.strictObject({
  id: uuid,
  kind: v.pipe(v.string(), v.minLength(1), v.maxLength(32), v.notValue('self')),
  v: positive,
  scope: recordScope,
  subject: v.optional(uuid),
  author: v.optional(uuid),
  device: v.optional(uuid),
  seq: positive,
  day,
  at: milliseconds,
  offset: v.optional(milliseconds),
  offsetAge: v.optional(milliseconds),
  salt,
  body: v.record(v.string(), v.unknown()),
});

const selfRecord = v.strictObject({
  id: uuid,
  kind: v.literal('self'),
  scope: recordScope,
  device: v.optional(uuid),
  seq: positive,
  salt,
  body: v.pipe(v.string(), v.maxLength(CIPHERTEXT_MAX), v.regex(/^[\w-]+$/)),
});

const record = v.union([plainRecord, selfRecord]);
export type RecordOfV1 = v.InferOutput<typeof record>;

const row = v.union([
  v.object({ ...plainRecord.entries, n: positive, confirm: v.optional(v.string()) }),
  v.object({ ...selfRecord.entries, n: positive, confirm: v.optional(v.string()) }),
]);
export type RowOfV1 = v.InferOutput<typeof row>;

const scope = v.pipe(v.string(), v.maxLength(64));
const cursor = v.strictObject({ n: count, tag: v.pipe(v.string(), v.maxLength(16)) });
const seal = v.strictObject({
  device: uuid,
  upTo: count,
  head: v.pipe(v.string(), v.maxLength(64)),
  signature: v.pipe(v.string(), v.maxLength(128)),
});
const grants = v.array(v.object({ scope, role }));
const county = v.object({ id: uuid, names, demo: v.boolean() });

const syncRequest = v.strictObject({
  v: count,
  device: uuid,
  epoch: v.pipe(v.string(), v.maxLength(64)),
  cursors: v.pipe(v.array(v.strictObject({ scope, view, ...cursor.entries })), v.maxLength(64)),
  want: v.pipe(count, v.maxValue(WANT_MAX_BYTES)),
  own: v.optional(v.boolean()),
  records: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(BATCH_MAX))),
  seals: v.optional(v.pipe(v.array(seal), v.maxLength(BATCH_MAX))),
});
export type SyncRequestOfV1 = v.InferOutput<typeof syncRequest>;

const syncAnswer = v.object({
  v: count,
  epoch: v.string(),
  now: v.number(),
  results: v.array(
    v.object({
      device: v.optional(uuid),
      from: count,
      to: count,
      code: v.picklist(['ok', 'dup', 'later', 'to-confirm', 'invalid', 'forbidden']),
      n: v.optional(count),
      tag: v.optional(v.string()),
      reason: v.optional(v.string()),
    }),
  ),
  pages: v.array(
    v.object({
      scope,
      view,
      rows: v.array(row),
      cursor,
      more: v.boolean(),
      reset: v.optional(v.boolean()),
    }),
  ),
  grants,
  more: v.boolean(),
});
export type SyncAnswerOfV1 = v.InferOutput<typeof syncAnswer>;

const joinRequest = v.strictObject({
  secret: secret32,
  device: uuid,
  token: secret32,
  notice: v.pipe(v.number(), v.integer(), v.minValue(1)),
  key: v.optional(v.pipe(v.string(), v.maxLength(128))),
});

const joinAnswer = v.object({
  person: uuid,
  names,
  place: names,
  grants,
  county,
  epoch: v.string(),
  now: v.number(),
});

/** By the names under which the released hash was taken. */
export const messagesOfV1 = {
  syncRequest,
  syncAnswer,
  lookRequest: v.strictObject({ secret: secret32 }),
  lookAnswer: v.object({ role, names, place: names, county }),
  joinRequest,
  joinAnswer,
  record,
};

function isPlain(text: string): boolean {
  return text === text.trim() && !/[\p{Cc}\p{Cs}]/u.test(text);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
