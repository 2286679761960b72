/** What somebody may type as a name or a group, and a spreadsheet may run. */
export const FORMULAS = [
  '=HYPERLINK("http://127.0.0.1/","罗明")',
  "+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(1+1)',
  '\t=1+1',
  '=1+1,"罗明"',
];
