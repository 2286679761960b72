/**
 * The county's report as a digest in words of our own, in simplified script: the source of the
 * built-in pack (scripts/report-pack.ts). Not shipped: phones get public/packs/report/.
 *
 * Raise `REPORT_VERSION` with every change of the text.
 */
import type { Source } from '#content/publish.ts';
import { branches } from './branches.ts';
import { cadres } from './cadres.ts';
import { department } from './department.ts';
import { lead } from './lead.ts';
import { study } from './study.ts';
import { talent } from './talent.ts';

export const REPORT_VERSION = 1;

export const report: Source = {
  title: '东源的支部和人',
  lead,
  chapters: [study, branches, cadres, talent, department],
};
