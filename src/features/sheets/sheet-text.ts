/** A roll as lines of text, and as pages of a picture: for phones that cannot save a file. */
import type { RollTable } from '#domain/roll-table.ts';
import type { SheetWords } from './sheet-table.ts';

/** More rows than this are too small to read on a phone: the next begins another picture. */
const ROWS_A_PICTURE = 40;

/** Number, name, what was said of them and what is to be said besides. */
export type TextRow = readonly [string, string, string, string];

/** Everybody with a name, in roster order. */
export function textRows(table: RollTable, words: SheetWords): TextRow[] {
  return table.lines
    .filter(({ names }) => names !== null)
    .map((line) => [
      line.number === null ? '' : String(line.number),
      words.labelOf(line),
      words.stateOf(line.state),
      words.remarkOf(line),
    ]);
}

/** One line a person under the head, the foot last. */
export function textOf(
  rows: readonly TextRow[],
  { head, foot }: { head: readonly string[]; foot: readonly string[] },
): string {
  const lines = rows.map((cells) => cells.filter((cell) => cell !== '').join('　'));
  return [...head, '', ...lines, '', ...foot].join('\n');
}

/** The rows of each picture; one without rows where there is nobody. */
export function picturesOf(rows: readonly TextRow[]): TextRow[][] {
  const count = Math.max(1, Math.ceil(rows.length / ROWS_A_PICTURE));
  return Array.from({ length: count }, (_, at) =>
    rows.slice(at * ROWS_A_PICTURE, (at + 1) * ROWS_A_PICTURE),
  );
}
