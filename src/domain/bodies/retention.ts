import * as v from 'valibot';
import { day } from './shared.ts';

/**
 * How long things are kept at least, usually and at most: rolls and messages in years, what the server
 * notes for its own work in days. Sources, all to be confirmed by the county:
 * - rolls: ten years are the shortest definite period of 機關文件材料歸檔範圍和文書檔案保管期限規定
 *   (2006, art. 8), thirty the longest; the floor of two keeps last year's rolls for the year-end review;
 * - messages: what was done about somebody's data is on record for three years (個人信息保護法, art. 56);
 *   the floor of one is the county's choice, far beyond the fifteen days of an answer;
 * - logs: six months at least (網絡安全法, 2016, art. 21), and no longer unless the county wants it.
 */
export const PERIODS = {
  rolls: { least: 2, usual: 10, most: 30 },
  messages: { least: 1, usual: 3, most: 10 },
  logs: { least: 184, usual: 184, most: 1096 },
} as const;
export type KeptPart = keyof typeof PERIODS;

const within = ({ least, most }: { least: number; most: number }) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const periods = {
  rolls: within(PERIODS.rolls),
  messages: within(PERIODS.messages),
  logs: within(PERIODS.logs),
};

/** What the county's administrators set, from a day on. */
export const retentionBody = v.strictObject({ from: day, ...periods });
export type RetentionBody = v.InferOutput<typeof retentionBody>;

/** The same as it holds now, told to every branch. */
export const keepingBody = v.strictObject(periods);
export type KeepingBody = v.InferOutput<typeof keepingBody>;
