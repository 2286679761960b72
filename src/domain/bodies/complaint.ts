import * as v from 'valibot';
import { day, line, uuid } from './shared.ts';

export const COMPLAINT_MAX = 300;
export const REPLY_TO_MAX = 60;

/** `reply`: how the writer wants to be found, where they want to; no name is in it that they did not type. */
export const complaintBody = v.strictObject({
  text: line(COMPLAINT_MAX),
  reply: v.optional(line(REPLY_TO_MAX)),
});
export type ComplaintBody = v.InferOutput<typeof complaintBody>;

export const complaintAnswerBody = v.strictObject({ complaint: uuid, done: v.boolean() });
export type ComplaintAnswerBody = v.InferOutput<typeof complaintAnswerBody>;

/** To whoever complained on `day`, from the server: it is answered, or not yet after all. */
export const complaintToldBody = v.strictObject({ complaint: uuid, day, done: v.boolean() });
export type ComplaintToldBody = v.InferOutput<typeof complaintToldBody>;
