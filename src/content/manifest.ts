/**
 * A pack's label: what it is, which files it has, how far it may be trusted.
 *
 * Promises: `version` counts up by one for each release of an `id` and never down; each file is
 * named with its exact size and SHA-256; `contentHash` (see verify-pack.ts) covers all of them, and
 * that is what reviewers sign. `standing` is 'demo' where nobody has reviewed the text: every
 * screen then says so. `expires` stops installing and passing on, never reading.
 */
import * as v from 'valibot';

export const MANIFEST_FORMAT = 1;

/** A file of a pack may hold pictures and sound later; 8 MB is what a weak phone takes in one piece. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));
const civilDay = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/u));
const label = v.pipe(v.string(), v.minLength(1), v.maxLength(400));

/** No folders, no dots in front: a path of a pack can never leave the pack. */
const fileName = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)+$/u));

const fileSchema = v.strictObject({
  path: fileName,
  size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_FILE_BYTES)),
  sha256,
});

/** One of the three reviews: over the content hash, by a key of the reviewers' list. */
const signatureSchema = v.strictObject({
  step: v.picklist(['language', 'facts', 'political']),
  keyId: label,
  signature: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
});

export const manifestSchema = v.strictObject({
  format: v.literal(MANIFEST_FORMAT),
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,63}$/u)),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: label,
  document: fileName,
  files: v.pipe(v.array(fileSchema), v.minLength(1), v.maxLength(100)),
  standing: v.picklist(['demo', 'reviewed']),
  expires: v.optional(civilDay),
  signatures: v.optional(v.array(signatureSchema)),
  keyId: v.optional(label),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;
