import { fail, ok, type Result } from '#lib/result.ts';
import { readZip } from './read-zip.ts';

const BOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const STRINGS = 'xl/sharedStrings.xml';
/** Where the first sheet lies when the workbook does not say. */
const SHEET = 'xl/worksheets/sheet1.xml';

/** The first sheet of an .xlsx (ECMA-376, part 1, 18.3) as rows of cells, all as text. */
export function readWorkbook(bytes: Uint8Array): Result<string[][], 'too-big' | 'unreadable'> {
  const book = readZip(bytes, (name) => name === BOOK || name === RELATIONS);
  if (!book.ok) return book;
  const sheet = firstSheet(book.value);
  const files = readZip(bytes, (name) => name === sheet || name === STRINGS);
  if (!files.ok) return files;
  const xml = parseXml(files.value.get(sheet));
  if (!xml) return fail('unreadable');
  const strings = all(parseXml(files.value.get(STRINGS)), 'si').map(textOf);
  return ok(all(xml, 'row').map((row) => cellsOf(row, strings)));
}

function firstSheet(book: ReadonlyMap<string, string>): string {
  const [sheet] = all(parseXml(book.get(BOOK)), 'sheet');
  const id = [...(sheet?.attributes ?? [])].find(({ localName }) => localName === 'id')?.value;
  const relations = all(parseXml(book.get(RELATIONS)), 'Relationship');
  const target = relations.find((one) => one.getAttribute('Id') === id)?.getAttribute('Target');
  if (!target) return SHEET;
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function parseXml(text: string | undefined): Document | null {
  if (text === undefined) return null;
  const document = new DOMParser().parseFromString(text, 'application/xml');
  return document.getElementsByTagName('parsererror').length > 0 ? null : document;
}

/** By their local names: some programs write a prefix. */
const all = (node: Document | Element | null, name: string): Element[] => [
  ...(node?.getElementsByTagNameNS('*', name) ?? []),
];

/** Formatted text comes in runs; what is beside it for pronunciation is no part of it. */
function textOf(node: Element): string {
  return all(node, 't')
    .filter(({ parentElement }) => parentElement?.localName !== 'rPh')
    .map((part) => unescaped(part.textContent))
    .join('');
}

/** What XML can't hold is written by its number there (ST_Xstring): a name with a line's end behind it is 王芳_x000D_. */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );

function cellsOf(row: Element, strings: readonly string[]): string[] {
  const cells: string[] = [];
  all(row, 'c').forEach((cell, at) => {
    const column = columnOf(cell.getAttribute('r')) ?? at;
    if (column < COLUMNS_MAX) cells[column] = valueOf(cell, strings);
  });
  return Array.from(cells, (cell) => cell ?? '');
}

/** Nobody keeps names beyond; a made-up address must not make an array of millions. */
const COLUMNS_MAX = 100;

function valueOf(cell: Element, strings: readonly string[]): string {
  const type = cell.getAttribute('t');
  if (type === 'inlineStr') return textOf(cell);
  const value = unescaped(all(cell, 'v')[0]?.textContent ?? '');
  return type === 's' ? (strings[Number(value)] ?? '') : type === 'e' ? '' : value;
}

/** AB12 → 27; null without an address. */
function columnOf(address: string | null): number | null {
  const letters = /^[A-Z]{1,3}/.exec(address ?? '')?.[0];
  if (!letters) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
