import * as v from 'valibot';

/** How a roster leaves the phone: a workbook, or a text table. */
export const EXPORT_FORMS = ['xlsx', 'csv'] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

/** `people`: how many lines the file has; whom they name stands nowhere. */
export const exportBody = v.strictObject({
  of: v.literal('roster'),
  as: v.picklist(EXPORT_FORMS),
  people: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
});
export type ExportBody = v.InferOutput<typeof exportBody>;
