import * as v from 'valibot';
import { day, line, uuid } from './shared.ts';

/** More people are in no village hall. */
const HEADS_MAX = 9_999;
const heads = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(HEADS_MAX));
const ids = v.pipe(v.array(uuid), v.minLength(1), v.maxLength(64));

/** How many of those who are kept on paper alone (紙簽) came; never who. */
export const paperCountBody = v.strictObject({ activity: uuid, here: heads });
export type PaperCountBody = v.InferOutput<typeof paperCountBody>;

/** How many of the branch are kept on paper alone: so many blank lines has the printed sheet. */
export const paperPeopleBody = v.strictObject({ people: heads });
export type PaperPeopleBody = v.InferOutput<typeof paperPeopleBody>;

/**
 * That subject is not among those who should come (應到會), and who approved it: a decision of the branch,
 * with no cause. `excluded` false takes it back.
 */
export const exclusionBody = v.strictObject({
  activity: uuid,
  excluded: v.boolean(),
  by: v.optional(line(40)),
});
export type ExclusionBody = v.InferOutput<typeof exclusionBody>;

/** The hash of what a roll held when it was closed, base64url of 32 bytes (check-code.ts). */
const hash = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

/** 結束點名: how many were counted in the hall, and the hash of what the closing phone held. */
export const closingBody = v.strictObject({ activity: uuid, headcount: heads, hash });
export type ClosingBody = v.InferOutput<typeof closingBody>;

/** 重新打開: takes back the closings that it names. */
export const reopeningBody = v.strictObject({ activity: uuid, closings: ids });
export type ReopeningBody = v.InferOutput<typeof reopeningBody>;

/** Another person of the desk has looked at these amendments (更正). */
export const lookedBody = v.strictObject({ activity: uuid, records: ids });
export type LookedBody = v.InferOutput<typeof lookedBody>;

export const NOTICE_MAX = 120;

/** One line for the whole branch, shown until its day is over. */
export const noticeBody = v.strictObject({ text: line(NOTICE_MAX), until: day });
export type NoticeBody = v.InferOutput<typeof noticeBody>;

/** What a column of a township's own table holds; `blank` is left for a pen. */
export const COLUMNS = [
  'number',
  'name',
  'group',
  'membership',
  'state',
  'signature',
  'activity',
  'day',
  'place',
  'id',
  'blank',
] as const;
export type Column = (typeof COLUMNS)[number];

/** 表樣: the header row of a township's own table, each column with what it holds; `gone` takes it off the list. */
export const formBody = v.strictObject({
  name: line(30),
  columns: v.pipe(
    v.array(v.strictObject({ header: line(30), is: v.picklist(COLUMNS) })),
    v.minLength(1),
    v.maxLength(24),
  ),
  gone: v.optional(v.literal(true)),
});
export type FormBody = v.InferOutput<typeof formBody>;
