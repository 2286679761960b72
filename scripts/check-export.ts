/** Reads an exported roll back and computes its check code from the file alone. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import type { CheckInState } from '#domain/bodies/attendance.ts';
import { checkCodeOf, spacedCheckCode, type CheckedLine } from '#domain/check-code.ts';

/** What the file says its code is, what it computes to, and over how many people. */
export interface Checked {
  said: string;
  computed: string;
  people: number;
}

/** Of a file in either script. */
interface Texts {
  sheets: { fact: Record<string, string>; check: Record<string, string> };
  activities: { state: Record<string, string> };
}
const SCRIPTS = ['zh-Hans', 'zh-Hant'].map(
  (name) =>
    JSON.parse(readFileSync(new URL(`../locales/${name}.json`, import.meta.url), 'utf8')) as Texts,
);
const CALLED = ['present', 'online', 'leave', 'excused'] as const satisfies CheckInState[];

/** Null where this is no exported roll, or one that was made before the roll was closed. */
export function checkExport(text: string): Checked | null {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''));
  const at = data.findIndex((row) => columnOf(row, 'record') >= 0);
  const head = data[at] ?? [];
  const rows = data.slice(at + 1);
  const factOf = (fact: 'id' | 'headcount' | 'paper' | 'code') =>
    rows.filter(([word]) => SCRIPTS.some((texts) => texts.sheets.fact[fact] === word)).pop()?.[1] ??
    '';
  if (at < 0 || factOf('code') === '') return null;
  const lines = rows.flatMap((row) => lineOf(head, row));
  const computed = checkCodeOf({
    ...{ activity: factOf('id'), headcount: Number(factOf('headcount')) },
    ...{ paper: Number(factOf('paper')), lines },
  });
  return { said: factOf('code'), computed: spacedCheckCode(computed), people: lines.length };
}

/** The last column of that name: a township's own table may have one too. */
function columnOf(head: readonly string[], column: 'result' | 'person' | 'record'): number {
  return Math.max(...SCRIPTS.map((texts) => head.lastIndexOf(texts.sheets.check[column] ?? '')));
}

function lineOf(head: readonly string[], row: readonly string[]): CheckedLine[] {
  const cell = (column: 'result' | 'person' | 'record') => row[columnOf(head, column)] ?? '';
  const state = CALLED.find((one) =>
    SCRIPTS.some((texts) => texts.activities.state[one] === cell('result')),
  );
  if (!state || cell('record') === '') return [];
  return [{ person: cell('person'), state, record: cell('record') }];
}
