/**
 * POST /api/once (Authorization as for sync): a finished table for one download, where a phone cannot
 * save a file. Whoever keeps a roster alone may leave one; to everybody else the path does not exist.
 *
 * `file` = its bytes, base64url, 300 kB at most; `as` says what it is. The answer has the path of a page
 * on this server, good until `until` (server time, as `now`; ten minutes) and for one download. Neither the
 * path nor the name of the file says whose it is or what is in it. The file is kept in the memory of the
 * process alone: a restart forgets it, no database, backup or log ever has it. Who leaves a fourth one
 * loses the first. Told again after a lost answer it is another link: the one before is simply over in ten
 * minutes. A full shelf answers `server.unavailable`. Old phones ask nothing of it.
 */
import * as v from 'valibot';
import { EXPORT_FORMS } from '#domain/bodies/export.ts';

/** A roll of 200 people as a workbook is 30 kB. */
export const ONCE_BYTES_MAX = 300_000;
const TEXT_MAX = Math.ceil((ONCE_BYTES_MAX * 4) / 3);

export const onceRequestSchema = v.strictObject({
  as: v.picklist(EXPORT_FORMS),
  file: v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(TEXT_MAX)),
});
export type OnceRequest = v.InferOutput<typeof onceRequestSchema>;

/** 128 bits, base64url. */
export const onceAnswerSchema = v.object({
  path: v.pipe(v.string(), v.regex(/^\/once\/[\w-]{22}$/)),
  until: v.number(),
  now: v.number(),
});
export type OnceAnswer = v.InferOutput<typeof onceAnswerSchema>;
