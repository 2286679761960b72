import * as v from 'valibot';
import { uuid } from './shared.ts';

/** As many ids as the longest body holds (records.ts); whoever erases more writes another record. */
export const ERASED_MAX = 40;

/** `records`: whose bodies go. No reason and no name: an id means nothing by itself. */
export const erasureBody = v.strictObject({
  records: v.pipe(v.array(uuid), v.minLength(1), v.maxLength(ERASED_MAX)),
});
export type ErasureBody = v.InferOutput<typeof erasureBody>;
