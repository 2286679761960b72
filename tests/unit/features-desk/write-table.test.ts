import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { RosterMember } from '#domain/roster.ts';
import { COLUMNS, rosterTable, type TableWords } from '#features/desk/roster-table.ts';
import { csvOf, workbookOf } from '#ui/write-table.ts';
import { FORMULAS } from '#tests/support/formulas.ts';

const words: TableWords = {
  headOf: (column) => `列 ${column}`,
  groupOf: (group) => group ?? '',
  roleOf: (role) => `职务 ${role}`,
  membershipOf: (membership) => `类别 ${membership}`,
  stateOf: (state) => `状态 ${state}`,
  labelOf: ({ names }) => names.hans ?? '',
};

const member = (person: string, more: Partial<RosterMember> = {}): RosterMember => ({
  ...{ person, names: { hans: `名字${person}` }, group: null, byName: null, namesake: false },
  ...{ card: `CARD-${person}`, role: null, roleSince: null },
  ...{ membership: null, state: 'listed', since: null, contact: null },
  ...more,
});

describe('the roster as a table', () => {
  const roster = [
    member('1', { names: { hans: '罗明', hant: '羅明' }, group: '一组', role: 'secretary' }),
    member('2', { names: { hant: '阿依古麗·買買提' }, byName: '村口' }),
    member('3', { state: 'migrant', since: '2026-03-01', contact: '1', membership: 'full' }),
  ];
  const { head, rows } = rosterTable(roster, words);

  it('has a line for everybody in the order of the list, and names as they were typed', () => {
    expect(head).toEqual(COLUMNS.map((column) => `列 ${column}`));
    expect(rows).toEqual([
      ['1', '罗明', '羅明', '一组', '', '职务 secretary', '', '状态 listed', '', ''],
      ['2', '', '阿依古麗·買買提', '', '村口', '', '', '状态 listed', '', ''],
      ['3', '名字3', '', '', '', '', '类别 full', '状态 migrant', '2026-03-01', '罗明'],
    ]);
  });

  it('holds no card: whoever has the file is recognised as nobody', () => {
    expect(JSON.stringify(rows)).not.toContain('CARD');
  });
});

describe('a table of texts as a file', () => {
  const table = { head: ['姓名', '小组'], rows: FORMULAS.map((name) => [name, '一组']) };

  it.each(FORMULAS)('X-15 the text table keeps %j from beginning like a formula', (name) => {
    const { data } = Papa.parse<string[]>(csvOf(table).slice(1), { skipEmptyLines: true });
    const cell = data[1 + FORMULAS.indexOf(name)]?.[0] ?? '';
    expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(cell.replace(/^'/, '')).toBe(name);
  });

  it('X-15 the workbook says of each cell that it is text, and of none that it is a formula', async () => {
    const bytes = new Uint8Array(await (await workbookOf(table, '半江村党支部')).arrayBuffer());
    const files = unzipSync(bytes);
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    const cells = [...sheet.matchAll(/<c [^>]*>/g)].map(([cell]) => cell);
    expect(cells).toHaveLength(2 * (1 + FORMULAS.length));
    for (const cell of cells) expect(cell).toMatch(/ t="(s|inlineStr)"/);
    expect(sheet).not.toMatch(/<f[ >]/);
  });

  it('begins with the mark by which Excel knows the script', () => {
    expect(csvOf(table).startsWith('\uFEFF姓名,小组\r\n')).toBe(true);
  });

  it('gives the sheet a name that Excel takes, whatever the branch is called', async () => {
    const name = `半江村[一/二]党支部?*:${'长'.repeat(40)}`;
    const bytes = new Uint8Array(await (await workbookOf(table, name)).arrayBuffer());
    const book = strFromU8(unzipSync(bytes)['xl/workbook.xml'] ?? new Uint8Array());
    const called = /<sheet [^>]*name="([^"]*)"/.exec(book)?.[1] ?? '';
    expect(called).toMatch(/^半江村 一 二 党支部/);
    expect(called.length).toBeLessThanOrEqual(31);
  });

  it('gives the sheet no name that begins or ends with an apostrophe, or says nothing: Excel mends such a book', async () => {
    const nameOf = async (title: string) => {
      const bytes = new Uint8Array(await (await workbookOf(table, title)).arrayBuffer());
      const book = strFromU8(unzipSync(bytes)['xl/workbook.xml'] ?? new Uint8Array());
      return /<sheet [^>]*name="([^"]*)"/.exec(book)?.[1];
    };
    expect(await nameOf("'两会'精神")).toBe('两会&apos;精神');
    expect(await nameOf(`${'长'.repeat(30)}'精神`)).toBe('长'.repeat(30));
    expect(await nameOf('[?]')).toBe('1');
  });
});
