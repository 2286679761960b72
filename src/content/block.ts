/**
 * What a material is made of: a list of blocks, each shown as text nodes and never as markup.
 *
 * Promises: every string here is plain text; every text a person reads is reached by `mapBlock`;
 * numbers that are shown big stay strings, because the report says "63 多" and "31 %" too.
 * Limits: a text of at most 4,000 characters, so that one block is always one screenful or few.
 */
import * as v from 'valibot';

const MAX_TEXT = 4_000;
const MAX_ITEMS = 200;

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT));
const some = <T extends v.GenericSchema>(item: T) =>
  v.pipe(v.array(item), v.minLength(1), v.maxLength(MAX_ITEMS));

const heading = v.strictObject({
  type: v.literal('heading'),
  level: v.picklist([2, 3]),
  text,
});

const paragraph = v.strictObject({ type: v.literal('paragraph'), text });

const quote = v.strictObject({ type: v.literal('quote'), text, source: v.optional(text) });

const list = v.strictObject({ type: v.literal('list'), ordered: v.boolean(), items: some(text) });

const table = v.strictObject({
  type: v.literal('table'),
  caption: v.optional(text),
  head: some(text),
  rows: some(some(v.pipe(v.string(), v.maxLength(MAX_TEXT)))),
});

/** A picture's place: the caption stands by itself until pictures come with the pack. */
const figure = v.strictObject({
  type: v.literal('figure'),
  caption: text,
  credit: v.optional(text),
});

/** A recording: `file` is a path of the manifest. Nothing plays it yet. */
const audio = v.strictObject({
  type: v.literal('audio'),
  title: text,
  file: text,
  seconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** Figures set big: `value` as it is printed ("3,500", "31"), `unit` small beside it, `label` below. */
const keyFigures = v.strictObject({
  type: v.literal('key-figures'),
  title: v.optional(text),
  items: some(v.strictObject({ value: text, unit: v.optional(text), label: text })),
});

/** Bars with their numbers as text, so that the chart is also read aloud. Nothing draws it yet. */
const chart = v.strictObject({
  type: v.literal('chart'),
  title: text,
  unit: v.optional(text),
  bars: some(v.strictObject({ label: text, value: v.pipe(v.number(), v.minValue(0)) })),
});

export const blockSchema = v.variant('type', [
  heading,
  paragraph,
  quote,
  list,
  table,
  figure,
  audio,
  keyFigures,
  chart,
]);

export type Block = v.InferOutput<typeof blockSchema>;
export type BlockType = Block['type'];
