import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readForm } from '#domain/forms.ts';
import { rollTable } from '#domain/roll-table.ts';
import { codeOf, ownHeads, sheetTable } from '#features/sheets/sheet-table.ts';
import { checkExport } from '#scripts/check-export.ts';
import { FORMULAS } from '#tests/support/formulas.ts';
import { entryOf, guestOf, memberOf, sourceOf } from '#tests/support/roll-sources.ts';
import { sheetWords } from '#tests/support/sheet-words.ts';
import { csvOf } from '#ui/write-table.ts';

/** Five of the branch, a guest, and one whose name was erased; closed. */
const roster = [1, 2, 3, 4, 5].map((n) => memberOf(n, { group: '一组' }));
const closed = rollTable({
  ...sourceOf({
    roster,
    seconds: [guestOf(7, 'migrant')],
    roll: [
      ...[entryOf(1, 'present'), entryOf(2, 'online', { how: 'scan' }), entryOf(4, 'leave')],
      ...[entryOf(5, 'excused'), entryOf(7, 'present'), entryOf(9, 'present')],
    ],
    erased: [9],
  }),
  ...{ headcount: 4, paper: { people: 2, here: 1 } },
});
const words = sheetWords(closed);
const table = sheetTable(closed, ownHeads(words), words);

describe('a roll as a file', () => {
  it('has a line for everybody in the order of the roster, names in both scripts', () => {
    expect(table.head).toEqual([
      ...['序号', '姓名', '姓名（繁体）', '小组', '类别', '怎么记的', '备注'],
      ...['点名结果', '党员编号', '记录编号'],
    ]);
    const [first, , third] = table.rows;
    expect(first).toEqual([
      ...['1', '罗明1', '羅明1', '一组', '正式党员', '点名', ''],
      ...['到会', entryOf(1, 'present').subject, entryOf(1, 'present').record],
    ]);
    // Of whom nobody has said anything nothing is said.
    expect(third).toEqual(['3', '罗明3', '羅明3', '一组', '正式党员', '', '', '', '', '']);
  });

  it('carries what its check code is computed from, in either script', () => {
    const code = codeOf(closed);
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    for (const script of ['hans', 'hant'] as const) {
      const said = sheetWords(closed, script);
      const csv = csvOf(sheetTable(closed, ownHeads(said), said));
      expect(checkExport(csv)).toEqual({ said: code, computed: code, people: 6 });
    }
  });

  it('carries it in a township’s own columns too, whatever they are called', () => {
    const heads = readForm('序号\t姓名\t党员编号\t签名\t记录编号');
    const rows = sheetTable(closed, heads, words).rows;
    expect(rows[0]?.slice(0, 5)).toEqual(['1', '罗明1', entryOf(1, 'present').subject, '', '']);
    const csv = csvOf(sheetTable(closed, heads, words));
    expect(checkExport(csv)).toEqual({ said: codeOf(closed), computed: codeOf(closed), people: 6 });
  });

  it('no longer fits its code once a line, the headcount or a record was changed', () => {
    const csv = csvOf(table);
    const changes: [RegExp, string][] = [
      [/线上/, '到会'],
      [/屋里人数,4/, '屋里人数,5'],
      [new RegExp(entryOf(4, 'leave').record), entryOf(8, 'leave').record],
    ];
    for (const [from, to] of changes) {
      const checked = checkExport(csv.replace(from, to));
      expect(checked?.computed).not.toBe(checked?.said);
    }
  });

  it('has no code while the roll is open, and another table has none to check', () => {
    const open = rollTable(sourceOf({ roster, roll: [entryOf(1, 'present')] }));
    const said = sheetWords(open);
    expect(codeOf(open)).toBeNull();
    expect(checkExport(csvOf(sheetTable(open, ownHeads(said), said)))).toBeNull();
    expect(checkExport('姓名,小组\r\n罗明,一组\r\n')).toBeNull();
  });

  it('A-08 says on the file that it was entered later, and why', () => {
    const late = rollTable({ ...sourceOf({ roster }), late: { reason: '那天停电' } });
    const said = sheetWords(late);
    const facts = sheetTable(late, ownHeads(said), said).rows.map((row) => row.slice(0, 2));
    expect(facts).toContainEqual(['事后补录', '那天停电']);
    expect(sheetTable(closed, ownHeads(words), words).rows.map(([word]) => word)).not.toContain(
      '事后补录',
    );
  });

  it('X-04 of a branch of one person is the branch’s own: nothing is left out', () => {
    const alone = rollTable(sourceOf({ roster: [memberOf(1)], roll: [entryOf(1, 'present')] }));
    const said = sheetWords(alone);
    expect(sheetTable(alone, ownHeads(said), said).rows[0]?.slice(-3)).toEqual([
      ...['到会', entryOf(1, 'present').subject, entryOf(1, 'present').record],
    ]);
    expect(alone).toMatchObject({ expected: 1, count: { present: 1 } });
  });

  it.each(FORMULAS)('X-15 keeps a member called %j from beginning like a formula', (name) => {
    const odd = rollTable(sourceOf({ roster: [memberOf(1, { names: { hans: name } })] }));
    const said = sheetWords(odd);
    const csv = csvOf(sheetTable(odd, ownHeads(said), said));
    const { data } = Papa.parse<string[]>(csv.slice(1));
    expect(data[1]?.[1]).not.toMatch(/^[=+\-@\t\r]/);
    expect(data[1]?.[1]?.replace(/^'/, '')).toBe(name);
  });
});
