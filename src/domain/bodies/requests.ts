import * as v from 'valibot';
import { line, uuid } from './shared.ts';

/** With three bytes a character and the ids it stays well inside a record (records.ts). */
export const REQUEST_TEXT_MAX = 200;

/** What somebody may ask about what is kept of them (個人信息保護法, art. 46 and 47). */
export const REQUESTS = ['correction', 'erasure'] as const;

/** `text`: in the person's own words; `records`: which ones it is about, all where it is left out. No reason is asked. */
export const requestBody = v.strictObject({
  of: v.picklist(REQUESTS),
  text: v.optional(line(REQUEST_TEXT_MAX)),
  records: v.optional(v.pipe(v.array(uuid), v.minLength(1), v.maxLength(16))),
});
export type RequestBody = v.InferOutput<typeof requestBody>;

/** `done`: the desk has done what `request` asks, or after all not yet. */
export const answerBody = v.strictObject({ request: uuid, done: v.boolean() });
export type AnswerBody = v.InferOutput<typeof answerBody>;
