import { kindByName, type BranchKind, type GeneralFault } from '#domain/branches.ts';
import { NAME_MAX } from '#domain/bodies/shared.ts';
import { typedLine } from '#lib/typed-text.ts';
import { pastedLines } from './pasted-lines.ts';

/** A county has some hundred branches; a longer paste is taken in parts, the rest stays in the box. */
export const LINES_MAX = 500;

/** Each has a text under desk.bad-branch. */
export type BadBranch = 'no-name' | 'name-long' | 'township-long' | 'too-many' | GeneralFault;

export interface PastedBranch {
  /** The line with what was read of it, so that it can go back into the box. */
  line: string;
  name: string;
  township: string | null;
  /** As its column says, else as its name suggests. */
  kind: BranchKind;
  /** The name of the 党总支 that it belongs to. */
  general: string | null;
}

export interface PastedBranches {
  good: PastedBranch[];
  bad: { line: string; reason: BadBranch }[];
}

/** Where a table has what; null where it has no such column. */
interface Columns {
  name: number;
  township: number | null;
  kind: number | null;
  general: number | null;
}

const NAME_HEAD = /^(所[在属屬])?[党黨]?(支部|[组組][织織])([名全][称稱]?)?$/u;
const TOWNSHIP_HEAD =
  /^(所[在属屬])?([乡鄉]?[镇鎮]|[乡鄉]|街道|[乡鄉][镇鎮]街道)([名全][称稱]?)?$/u;
const KIND_HEAD = /^([党黨]?[组組][织織]|支部)?[类類][别別型]$/u;
const GENERAL_HEAD = /^(所[属屬在]|上[级級])?[党黨]?[总總]支(部)?([名全][称稱]?)?$/u;
/** A branch's own name: its row is no heading, though 类别 beside it says 党支部. */
const NAMED = /(支部|[总總]支)(委[员員][会會])?$/u;
const HEADS = [NAME_HEAD, TOWNSHIP_HEAD, KIND_HEAD, GENERAL_HEAD];
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
    else pasted.good.push({ line: lineOf(line, read, columns), ...read });
  });
  return pasted;
}

/** What goes back into the box: with more columns than two it is the line as it came. */
function lineOf(line: string, { township, name }: Read, { kind, general }: Columns): string {
  return kind !== null || general !== null ? line : [township, name].filter(Boolean).join('\t');
}

function cellsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : /[,，;；]/.test(line) ? /[,，;；]/ : /\s+/;
  return line.replace(NUMBERING, '').split(separator).map(tidied);
}

/** 1. 1、 1) （1） */
const NUMBERING = /^\s*[（(]?\d{1,3}[)）.．、]\s*/;

/** No space between Chinese characters: padding in Excel would make two of one name. */
const tidied = (cell: string) =>
  typedLine(cell).replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1');

function columnsByHead(row: readonly string[]): Columns | null {
  if (row.some((cell) => NAMED.test(cell) && !HEADS.some((head) => head.test(cell)))) return null;
  const name = row.findIndex((cell) => NAME_HEAD.test(cell));
  const township = row.findIndex((cell) => TOWNSHIP_HEAD.test(cell));
  const kind = row.findIndex((cell) => KIND_HEAD.test(cell));
  const general = row.findIndex((cell) => GENERAL_HEAD.test(cell));
  const at = (found: number) => (found < 0 ? null : found);
  return name < 0 ? null : { name, township: at(township), kind: at(kind), general: at(general) };
}

function columnsByWords(rows: readonly (readonly string[])[]): Columns {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const name = mostLike(rows, LIKE_BRANCH, null) ?? (width > 1 ? 1 : 0);
  const township = mostLike(rows, LIKE_TOWNSHIP, name);
  // 序号 beside the name is no township.
  const isNumbers = rows.every((row) => /^\d*$/.test(row[name - 1] ?? ''));
  const before = township ?? (name > 0 && !isNumbers ? name - 1 : null);
  return { name, township: before, kind: null, general: null };
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

type Read = Omit<PastedBranch, 'line'>;

function readRow(row: readonly string[], columns: Columns, above: string | null): Read {
  const { name: at, township } = columns;
  const alone = row.filter(Boolean);
  // Typed between the others without a township: the only words of its line.
  if (row.length === 1 && at > 0 && LIKE_BRANCH.test(alone[0] ?? ''))
    return {
      name: alone[0] ?? '',
      township: null,
      kind: kindByName(alone[0] ?? ''),
      general: null,
    };
  const cell = (column: number | null) => (column === null ? '' : (row[column] ?? ''));
  const own = cell(township);
  const name = row[at] ?? '';
  return {
    name,
    township: own || (township === null ? null : above),
    kind: kindIn(cell(columns.kind)) ?? kindByName(name),
    general: cell(columns.general) || null,
  };
}

/** What the column 类别 says; null where it says nothing that we know. */
function kindIn(cell: string): BranchKind | null {
  if (!cell) return null;
  if (/[临臨][时時]/u.test(cell)) return 'temporary';
  if (/[总總]支/u.test(cell)) return 'general';
  return /支部|一般|普通/u.test(cell) ? 'ordinary' : null;
}

function faultOf({ name, township }: { name: string; township: string | null }): BadBranch | null {
  if (!/\p{L}/u.test(name)) return 'no-name';
  if (name.length > NAME_MAX) return 'name-long';
  return (township ?? '').length > NAME_MAX ? 'township-long' : null;
}
