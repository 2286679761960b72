/** What a spreadsheet program makes of our files; runs where LibreOffice is there (`npm run faults`). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, describe, expect, it } from 'vitest';
import { rollTable } from '#domain/roll-table.ts';
import { codeOf, ownHeads, sheetTable } from '#features/sheets/sheet-table.ts';
import { checkExport } from '#scripts/check-export.ts';
import { FORMULAS } from '#tests/support/formulas.ts';
import { entryOf, memberOf, sourceOf } from '#tests/support/roll-sources.ts';
import { sheetWords } from '#tests/support/sheet-words.ts';
import { csvOf, workbookOf } from '#ui/write-table.ts';

const canOpen = spawnSync('soffice', ['--version']).status === 0;
const TABLE = { head: ['姓名', '小组'], rows: FORMULAS.map((name) => [name, '一组']) };
/** UTF-8 in, UTF-8 out with formulas shown as what they are, not as what they make. */
const AS_SHOWN = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true';
const AS_CSV = '--infilter=Text - txt - csv (StarCalc):44,34,76,1';

describe.runIf(canOpen)('a roster opened in a spreadsheet program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-sheets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The cells of the first column below the head, formulas as such. */
  const openedAs = (file: string, ...how: string[]) =>
    rowsOf(file, ...how)
      .slice(1)
      .map(([cell]) => cell ?? '');

  /** Every row as the program shows it. */
  function rowsOf(file: string, ...how: string[]): string[][] {
    const out = join(folder, 'out');
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const convert = ['--convert-to', AS_SHOWN, '--outdir', out, join(folder, file)];
    const { status, stderr } = spawnSync('soffice', [profile, '--headless', ...how, ...convert]);
    expect(status, String(stderr)).toBe(0);
    const text = readFileSync(join(out, file.replace(/\.\w+$/, '.csv')), 'utf8');
    return Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data;
  }

  it('X-15 shows each name of the workbook as it was typed', async () => {
    const bytes = await (await workbookOf(TABLE, '名册')).arrayBuffer();
    writeFileSync(join(folder, 'book.xlsx'), new Uint8Array(bytes));
    expect(openedAs('book.xlsx')).toEqual(FORMULAS);
  });

  it('X-15 shows each name of the text table as text', () => {
    writeFileSync(join(folder, 'table.csv'), csvOf(TABLE));
    const cells = openedAs('table.csv', AS_CSV);
    expect(cells.map((cell) => cell.replace(/^'/, ''))).toEqual(FORMULAS);
    for (const cell of cells) expect(cell).not.toMatch(/^[=+@-]/);
  });

  it('X-15 shows a roll as it was exported, and its check code still fits', async () => {
    const roster = FORMULAS.map((hans, n) => memberOf(n + 1, { names: { hans } }));
    const roll = FORMULAS.map((_, n) => entryOf(n + 1, 'present'));
    const closed = rollTable({ ...sourceOf({ roster, roll }), headcount: FORMULAS.length });
    const words = sheetWords(closed);
    const table = sheetTable(closed, ownHeads(words), words);
    const wanted = [table.head, ...table.rows].filter((row) => row.some((cell) => cell !== ''));
    writeFileSync(join(folder, 'roll.csv'), csvOf(table));
    const bytes = await (await workbookOf(table, '主题党日')).arrayBuffer();
    writeFileSync(join(folder, 'roll-book.xlsx'), new Uint8Array(bytes));
    for (const rows of [rowsOf('roll.csv', AS_CSV), rowsOf('roll-book.xlsx')]) {
      const shown = rows.filter((row) => row.some((cell) => cell !== ''));
      expect(shown.map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(wanted);
      const checked = checkExport(Papa.unparse(rows));
      expect(checked).toEqual({ said: codeOf(closed), computed: codeOf(closed), people: 6 });
    }
  });
});
