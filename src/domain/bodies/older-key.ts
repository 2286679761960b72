import * as v from 'valibot';

/** The kind of self record that tells another key which this person has used (data/ledger/keyring.ts). */
export const OLDER_KEY_KIND = 'older-key';

/** 32 bytes, base64url. */
export const olderKeyBody = v.strictObject({
  key: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
});
export type OlderKeyBody = v.InferOutput<typeof olderKeyBody>;
