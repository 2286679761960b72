import * as v from 'valibot';

/** 32 bytes, base64url. */
export const olderKeyBody = v.strictObject({
  key: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
});
export type OlderKeyBody = v.InferOutput<typeof olderKeyBody>;
