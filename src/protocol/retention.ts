/**
 * POST /api/retention: what would go by age next night if these periods held today, for the county's
 * administrators alone; to everybody else the path does not exist. Numbers over the whole county: no
 * branch, no person, no day. Nothing is changed by asking.
 */
import * as v from 'valibot';
import { keepingBody } from '#domain/bodies/retention.ts';

export const retentionRequestSchema = keepingBody;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** `lines`: entries of rolls, of those that go whole as well as of meetings that nobody knows any more. */
export const retentionAnswerSchema = v.object({ rolls: count, lines: count, messages: count });
export type RetentionAnswer = v.InferOutput<typeof retentionAnswerSchema>;
