import * as v from 'valibot';
import { day } from './shared.ts';

/** With three bytes a character this stays well inside a record of 2 KB; longer notes are split. */
export const NOTE_MAX = 400;

/**
 * A stretch of own study. `how` says by what means: `app` counted by the half hour, `book`, `talk`
 * or `other` added afterwards; words that a later version adds are kept as they are. What is a
 * likely number of minutes is for the screens to say, not for what is stored.
 */
export const studyBody = v.strictObject({
  day,
  minutes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  how: v.pipe(v.string(), v.minLength(1), v.maxLength(24)),
  note: v.optional(v.pipe(v.string(), v.maxLength(NOTE_MAX))),
});
export type StudyBody = v.InferOutput<typeof studyBody>;
