import { describe, expect, it } from 'vitest';
import { rollTable } from '#domain/roll-table.ts';
import { picturesOf, textOf, textRows, type TextRow } from '#features/sheets/sheet-text.ts';
import { entryOf, memberOf, sourceOf } from '#tests/support/roll-sources.ts';
import { sheetWords } from '#tests/support/sheet-words.ts';

const rowsOf = (count: number): TextRow[] =>
  Array.from({ length: count }, (_, n) => [String(n + 1), `罗明${n + 1}`, '', ''] as const);

describe('a roll as text and pictures', () => {
  it('has a line for everybody with a name, and none for a name that was erased', () => {
    const roll = [entryOf(1, 'present'), entryOf(9, 'present')];
    const table = rollTable(sourceOf({ roster: [memberOf(1), memberOf(2)], roll, erased: [9] }));
    const rows = textRows(table, sheetWords(table));
    expect(rows).toEqual([
      ['1', '罗明1', '到会', ''],
      ['2', '罗明2', '', ''],
    ]);
    expect(textOf(rows, { head: ['主题党日'], foot: ['校验码'] })).toBe(
      '主题党日\n\n1　罗明1　到会\n2　罗明2\n\n校验码',
    );
  });

  it('begins another picture after forty rows, and leaves nobody out', () => {
    const sizes = (count: number) => picturesOf(rowsOf(count)).map((rows) => rows.length);
    expect([sizes(0), sizes(40), sizes(41), sizes(85)]).toEqual([[0], [40], [40, 1], [40, 40, 5]]);
    expect(picturesOf(rowsOf(85)).flat()).toEqual(rowsOf(85));
  });
});
