import * as v from 'valibot';

/** What a file may be: a workbook, or a text table. */
export const EXPORT_FORMS = ['xlsx', 'csv'] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

/** How names leave the phone; as a picture or text where no file can be saved. */
const EXPORT_WAYS = [...EXPORT_FORMS, 'picture', 'text'] as const;
export type ExportWay = (typeof EXPORT_WAYS)[number];

/** `people`: how many lines with a name it has; whom they name stands nowhere. Since version 2 also a roll. */
export const exportBody = v.strictObject({
  of: v.picklist(['roster', 'roll']),
  as: v.picklist(EXPORT_WAYS),
  people: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
});
export type ExportBody = v.InferOutput<typeof exportBody>;
