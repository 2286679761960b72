import { NAME_MAX } from '#domain/bodies/shared.ts';
import { pastedLines } from './pasted-lines.ts';

/** A county has some hundred branches; a longer paste is taken in parts, the rest stays in the box. */
export const LINES_MAX = 500;

/** Each has a text under desk.bad-branch. */
export type BadBranch = 'no-name' | 'name-long' | 'township-long' | 'too-many';

export interface PastedBranch {
  /** The line with what was read of it, so that it can go back into the box. */
  line: string;
  name: string;
  township: string | null;
}

export interface PastedBranches {
  good: PastedBranch[];
  bad: { line: string; reason: BadBranch }[];
}

/** Where a table has what; null where it has no such column. */
interface Columns {
  name: number;
  township: number | null;
}

const NAME_HEAD = /^(所[在属屬])?[党黨]?(支部|[组組][织織])([名全][称稱]?)?$/u;
const TOWNSHIP_HEAD =
  /^(所[在属屬])?([乡鄉]?[镇鎮]|[乡鄉]|街道|[乡鄉][镇鎮]街道)([名全][称稱]?)?$/u;
const LIKE_BRANCH = /支部|[总總]支|[党黨]委/u;
const LIKE_TOWNSHIP = /([镇鎮乡鄉]|街道)$/u;

/**
 * Reads lines as Excel gives them: township and branch, a tab between; commas or spaces do too. A row
 * of headings says which column is which and is left out; without it the columns are known by their
 * words, or stand in that order. An empty township below another is the same (merged cells come so).
 */
export function parseBranches(text: string): PastedBranches {
  const lines = pastedLines(text).map((line) => ({ line, cells: cellsOf(line) }));
  let columns = columnsByWords(lines.map(({ cells }) => cells));
  let above: string | null = null;
  const pasted: PastedBranches = { good: [], bad: [] };
  lines.forEach(({ line, cells }, at) => {
    const head = columnsByHead(cells);
    if (head) return void ([columns, above] = [head, null]);
    const read = readRow(cells, columns, above);
    above = read.township;
    const reason = at < LINES_MAX ? faultOf(read) : 'too-many';
    if (reason) pasted.bad.push({ line, reason });
    else pasted.good.push({ line: [read.township, read.name].filter(Boolean).join('\t'), ...read });
  });
  return pasted;
}

function cellsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : /[,，;；]/.test(line) ? /[,，;；]/ : /\s+/;
  return line.replace(NUMBERING, '').split(separator).map(tidied);
}

/** 1. 1、 1) （1） */
const NUMBERING = /^\s*[（(]?\d{1,3}[)）.．、]\s*/;

/** No space between Chinese characters: padding in Excel would make two of one name. */
const tidied = (cell: string) =>
  cell
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1');

function columnsByHead(row: readonly string[]): Columns | null {
  const name = row.findIndex((cell) => NAME_HEAD.test(cell));
  const township = row.findIndex((cell) => TOWNSHIP_HEAD.test(cell));
  return name < 0 ? null : { name, township: township < 0 ? null : township };
}

function columnsByWords(rows: readonly (readonly string[])[]): Columns {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const name = mostLike(rows, LIKE_BRANCH, null) ?? (width > 1 ? 1 : 0);
  const township = mostLike(rows, LIKE_TOWNSHIP, name);
  // 序号 beside the name is no township.
  const isNumbers = rows.every((row) => /^\d*$/.test(row[name - 1] ?? ''));
  return { name, township: township ?? (name > 0 && !isNumbers ? name - 1 : null) };
}

/** The column with the most cells of that kind, null where there is none. */
function mostLike(rows: readonly (readonly string[])[], kind: RegExp, except: number | null) {
  const counts = new Map<number, number>();
  for (const row of rows)
    row.forEach((cell, at) => {
      if (at !== except && kind.test(cell)) counts.set(at, (counts.get(at) ?? 0) + 1);
    });
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function readRow(row: readonly string[], { name, township }: Columns, above: string | null) {
  const alone = row.filter(Boolean);
  // Typed between the others without a township: the only words of its line.
  if (row.length === 1 && name > 0 && LIKE_BRANCH.test(alone[0] ?? ''))
    return { name: alone[0] ?? '', township: null };
  const own = township === null ? '' : (row[township] ?? '');
  return { name: row[name] ?? '', township: own || (township === null ? null : above) };
}

function faultOf({ name, township }: { name: string; township: string | null }): BadBranch | null {
  if (!/\p{L}/u.test(name)) return 'no-name';
  if (name.length > NAME_MAX) return 'name-long';
  return (township ?? '').length > NAME_MAX ? 'township-long' : null;
}
