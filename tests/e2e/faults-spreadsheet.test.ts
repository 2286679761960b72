/** What a spreadsheet program makes of our files; runs where LibreOffice is there (`npm run faults`). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, describe, expect, it } from 'vitest';
import { csvOf, workbookOf } from '#ui/write-table.ts';
import { FORMULAS } from '#tests/support/formulas.ts';

const canOpen = spawnSync('soffice', ['--version']).status === 0;
const TABLE = { head: ['姓名', '小组'], rows: FORMULAS.map((name) => [name, '一组']) };
/** UTF-8 in, UTF-8 out with formulas shown as what they are, not as what they make. */
const AS_SHOWN = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true';
const AS_CSV = '--infilter=Text - txt - csv (StarCalc):44,34,76,1';

describe.runIf(canOpen)('a roster opened in a spreadsheet program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-sheets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The cells of the first column below the head, formulas as such. */
  function openedAs(file: string, ...how: string[]): string[] {
    const out = join(folder, 'out');
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const convert = ['--convert-to', AS_SHOWN, '--outdir', out, join(folder, file)];
    const { status, stderr } = spawnSync('soffice', [profile, '--headless', ...how, ...convert]);
    expect(status, String(stderr)).toBe(0);
    const text = readFileSync(join(out, file.replace(/\.\w+$/, '.csv')), 'utf8');
    return Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true })
      .data.slice(1)
      .map(([cell]) => cell ?? '');
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
});
