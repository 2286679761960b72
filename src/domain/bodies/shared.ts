import * as v from 'valibot';
import { isCivilDay } from '#domain/civil-day.ts';

/** A civil day, YYYY-MM-DD. */
export const day = v.pipe(v.string(), v.check(isCivilDay, 'not a day'));

/** 9999-01-01, ms: beyond it a day has no four-digit year, and far beyond it a Date throws. */
export const TIME_MAX = 253_370_764_800_000;

/** A time that every phone can show, ms since 1970. */
export const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(TIME_MAX));

/** An id made by this app: a dashed lower-case UUID. */
export const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));

/** Control characters, and halves of characters that no database can store. */
const UNFIT = /[\p{Cc}\p{Cs}]/u;

/**
 * A line that a person typed: not empty, no control characters, `max` characters at most. It is
 * stored as it came, so whoever writes it trims it first: a space around it is refused.
 */
export function line(max: number) {
  return v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(max),
    v.check((text) => text === text.trim() && !UNFIT.test(text), 'not a plain line'),
  );
}

/** The longest name: minority names with dots and their Latin spelling run long. */
export const NAME_MAX = 40;

/**
 * A name of a person in one or both scripts. Never converted from one to the other
 * (PRODUCT.md, personal data); at least one form is there.
 */
export const names = v.pipe(
  v.strictObject({ hans: v.optional(line(NAME_MAX)), hant: v.optional(line(NAME_MAX)) }),
  v.check((value) => value.hans !== undefined || value.hant !== undefined, 'a name is needed'),
);
export type Names = v.InferOutput<typeof names>;
