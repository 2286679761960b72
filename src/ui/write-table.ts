/**
 * A table of texts as a file. Promise: every cell is text, whatever somebody typed: a name that
 * begins like a formula stays a name, in the workbook by its type, in the text table behind an apostrophe.
 */
import Papa from 'papaparse';
import writeXlsxFile, { type CellObject } from 'write-excel-file/browser';

/** A head and as many texts in each row. */
export interface Table {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Excel takes a text table for the county's language only behind this mark. */
const UTF8_MARK = '\uFEFF';
/** In characters of the sheet's font; a Chinese one takes two. */
const WIDTH = { least: 6, most: 40 };

/** An .xlsx with one sheet; the head stays while one scrolls. */
export function workbookOf({ head, rows }: Table, sheet: string): Promise<Blob> {
  const cell = (value: string, look: Partial<CellObject> = {}): CellObject | null =>
    value === '' ? null : { ...look, value, type: String };
  const data = [
    head.map((title) => cell(title, { fontWeight: 'bold' })),
    ...rows.map((row) => row.map((text) => cell(text))),
  ];
  const columns = head.map((title, at) => ({
    width: widthOf([title, ...rows.map((row) => row[at] ?? '')]),
  }));
  return writeXlsxFile(data, { sheet: sheetName(sheet), columns, stickyRowsCount: 1 }).toBlob();
}

/** Comma-separated values, RFC 4180. */
export function csvOf({ head, rows }: Table): string {
  const csv = Papa.unparse([head, ...rows] as string[][], { escapeFormulae: true });
  return `${UTF8_MARK}${csv}\r\n`;
}

function widthOf(texts: readonly string[]): number {
  const widths = texts.map((text) =>
    [...text].reduce((sum, char) => sum + (char > '\u2E7F' ? 2 : 1), 2),
  );
  return Math.min(Math.max(WIDTH.least, ...widths), WIDTH.most);
}

/** Excel refuses these signs, more than 31 of any, an apostrophe at either end, and nothing at all. */
function sheetName(name: string): string {
  const plain = name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
  return plain.replace(/^[\s']+|[\s']+$/g, '') || '1';
}
