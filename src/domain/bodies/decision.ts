import * as v from 'valibot';
import { uuid } from './shared.ts';

/** `record` and `hash` (base64url): which record, for two may have one id. `counts`: from now on it does, or it never will. */
export const decisionBody = v.strictObject({
  record: uuid,
  hash: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  counts: v.boolean(),
});
export type DecisionBody = v.InferOutput<typeof decisionBody>;
