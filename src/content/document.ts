/**
 * A material as it is stored and sent: one document in corrected traditional text. The phone makes
 * the simplified form from it (`toHans`, then `patch`), once, on arrival.
 *
 * Promises: `names` never go through a converter; `patch` repairs what the converter gets wrong in
 * exactly this text (see patch.ts). A document of a later format is refused, not guessed at.
 */
import * as v from 'valibot';
import { blockSchema } from './block.ts';
import { mapBlock } from './map-block.ts';

export const DOCUMENT_FORMAT = 1;

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(400));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const slug = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/u));

export const chapterSchema = v.strictObject({
  id: slug,
  kicker: v.optional(text),
  title: text,
  blocks: v.pipe(v.array(blockSchema), v.minLength(1), v.maxLength(500)),
});

/** One repair: in text number `text`, code points from `at` on read `was` and shall read `now`. */
export const repairSchema = v.strictObject({
  text: count,
  at: count,
  was: v.string(),
  now: v.string(),
});

const nameSchema = v.strictObject({ hant: text, hans: text });

export const documentSchema = v.strictObject({
  format: v.literal(DOCUMENT_FORMAT),
  title: text,
  lead: v.pipe(v.array(blockSchema), v.maxLength(50)),
  chapters: v.pipe(v.array(chapterSchema), v.minLength(1), v.maxLength(200)),
  names: v.array(nameSchema),
  patch: v.array(repairSchema),
});

export type Document = v.InferOutput<typeof documentSchema>;
export type Chapter = v.InferOutput<typeof chapterSchema>;
/** The part of a document that is read. `lead` stands before the chapters and has no number. */
export type Texts = Pick<Document, 'title' | 'lead' | 'chapters'>;
export type Repair = v.InferOutput<typeof repairSchema>;

/** Title, lead and chapters with `convert` applied to each text, in the order that patches count in. */
export function mapTexts(document: Texts, convert: (text: string) => string): Texts {
  const title = convert(document.title);
  const lead = document.lead.map((block) => mapBlock(block, convert));
  const chapters = document.chapters.map((chapter) => ({
    ...chapter,
    ...(chapter.kicker === undefined ? {} : { kicker: convert(chapter.kicker) }),
    title: convert(chapter.title),
    blocks: chapter.blocks.map((block) => mapBlock(block, convert)),
  }));
  return { title, lead, chapters };
}
