const NAME_HEAD = /^([党黨][员員])?(姓\s*名|名字)$/u;
const GROUP_HEAD = /^(所[在属屬])?[党黨]?小?[组組](别|別)?$/u;

/** Where a table has names and groups, as its row of headings says; -1 where it has no groups. */
export interface MemberColumns {
  name: number;
  group: number;
}

/** The columns that a row of headings names; null where it is no such row. */
export function memberColumns(cells: readonly string[]): MemberColumns | null {
  const name = cells.findIndex((cell) => NAME_HEAD.test(cell.trim()));
  const group = cells.findIndex((cell) => GROUP_HEAD.test(cell.trim()));
  return name < 0 ? null : { name, group };
}

/**
 * Lines of a table as the roster's box reads them. Where headings say which columns are name and
 * group, nothing else of the table comes in: identity numbers stand in many.
 */
export function memberLines(text: string): string {
  const rows = text.split('\n').map((line) => line.split('\t'));
  const at = rows.findIndex((row) => memberColumns(row));
  const columns = memberColumns(rows[at] ?? []);
  if (!columns) return text;
  return rows
    .slice(at + 1)
    .map((row) => memberOf(row, columns))
    .filter(Boolean)
    .join('\n');
}

/** Name and group of one row, a tab between. */
export function memberOf(row: readonly string[], { name, group }: MemberColumns): string {
  return [row[name], row[group]].filter(Boolean).join('\t');
}
