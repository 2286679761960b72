import { fail, ok, type Result } from '#lib/result.ts';
import { decodeText, textCells } from './read-text-table.ts';
import { readWorkbook } from './read-workbook.ts';

/** Why a file gave no list; each has a text under desk.file-fault. */
export type TableFault = 'too-big' | 'old-excel' | 'unreadable' | 'empty';

/** The list of a county is a hundredth of it. */
export const FILE_MAX = 5 * 2 ** 20;
/** More than any branch or county has. */
const ROWS_MAX = 2_000;

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** What .xls files and workbooks with a password begin with. */
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];

/** A .csv, .txt or .xlsx as lines for the box: cells with tabs between, as if copied from Excel. */
export async function readTableFile(file: Blob): Promise<Result<string, TableFault>> {
  if (file.size > FILE_MAX) return fail('too-big');
  const rows = rowsOf(new Uint8Array(await file.arrayBuffer()));
  if (!rows.ok) return rows;
  const lines = rows.value.map(lineOf).filter((line) => line.trim());
  if (lines.length > ROWS_MAX) return fail('too-big');
  return lines.length > 0 ? ok(lines.join('\n')) : fail('empty');
}

function rowsOf(bytes: Uint8Array): Result<string[][], TableFault> {
  const begins = (with_: readonly number[]) => with_.every((byte, at) => bytes[at] === byte);
  if (begins(OLD_EXCEL)) return fail('old-excel');
  if (begins(ZIP)) return readWorkbook(bytes);
  const text = decodeText(bytes);
  return text === null ? fail('unreadable') : ok(textCells(text));
}

const lineOf = (cells: readonly string[]) =>
  cells
    .map((cell) => cell.replace(/[\t\r\n]+/g, ' ').trim())
    .join('\t')
    .trimEnd();
