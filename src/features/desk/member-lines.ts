const NAME_HEAD = /^([党黨][员員])?(姓\s*名|名字)$/u;
const GROUP_HEAD = /^(所[在属屬])?[党黨]?小?[组組](别|別)?$/u;

/**
 * Lines of a table as the roster's box reads them. Where headings say which columns are name and
 * group, nothing else of the table comes in: identity numbers stand in many.
 */
export function memberLines(text: string): string {
  const rows = text.split('\n').map((line) => line.split('\t'));
  const at = rows.findIndex((row) => row.some((cell) => NAME_HEAD.test(cell)));
  const head = rows[at];
  if (!head) return text;
  const name = head.findIndex((cell) => NAME_HEAD.test(cell));
  const group = head.findIndex((cell) => GROUP_HEAD.test(cell));
  return rows
    .slice(at + 1)
    .map((row) => [row[name], row[group]].filter(Boolean).join('\t'))
    .filter(Boolean)
    .join('\n');
}
