/**
 * A roll as a table of texts: in our own columns or in a township's. Promise: whatever the columns, the
 * table carries the ids (編號), the counts and the check code, so that the code can be computed again
 * from the file alone (scripts/check-export.ts reads it back by the same words).
 */
import type { CheckInState } from '#domain/bodies/attendance.ts';
import type { Column } from '#domain/bodies/closing.ts';
import { checkCodeOf, spacedCheckCode } from '#domain/check-code.ts';
import { checkedRoll, type RollLine, type RollTable } from '#domain/roll-table.ts';
import type { Table } from '#ui/write-table.ts';

/** What a column of ours may hold besides what a form's may. */
type SheetColumn = Column | 'hans' | 'hant' | 'how' | 'remark';

export interface SheetHead {
  header: string;
  is: SheetColumn;
}

/** The last columns of every table, whoever's the others are. */
const CHECK_COLUMNS = ['result', 'person', 'record'] as const;
type CheckColumn = (typeof CHECK_COLUMNS)[number];

/** What stands below the lines, one a row; the last four are what the check code is computed from, and it. */
const FACTS = [
  ...(['activity', 'day', 'place', 'late', 'expected', 'present', 'online', 'leave'] as const),
  ...(['id', 'headcount', 'paper', 'code'] as const),
] as const;
type Fact = (typeof FACTS)[number];

/** How things are called in the reader's script. */
export interface SheetWords {
  headOf(column: SheetColumn): string;
  checkOf(column: CheckColumn): string;
  factOf(fact: Fact): string;
  labelOf(line: RollLine): string;
  groupOf(group: string | null): string;
  membershipOf(membership: RollLine['membership']): string;
  /** Empty of `none`. */
  stateOf(state: CheckInState): string;
  howOf(how: RollLine['how']): string;
  remarkOf(line: RollLine): string;
  /** What the activity is called. */
  title: string;
  /** Its civil day, YYYY-MM-DD. */
  day: string;
  /** What is so without more to say of it. */
  yes: string;
}

/** Our own columns, names in both scripts as they were typed. */
const OWN = ['number', 'hans', 'hant', 'group', 'membership', 'how', 'remark'] as const;

/** Our own heads. */
export function ownHeads(words: Pick<SheetWords, 'headOf'>): SheetHead[] {
  return OWN.map((is) => ({ header: words.headOf(is), is }));
}

/** The check code of a closed roll as people read it; null while it is open. */
export function codeOf(table: RollTable): string | null {
  const roll = checkedRoll(table);
  return roll && spacedCheckCode(checkCodeOf(roll));
}

/** The whole file: the lines under `heads` and the check columns, then the facts. */
export function sheetTable(
  table: RollTable,
  heads: readonly SheetHead[],
  words: SheetWords,
): Table {
  const width = heads.length + CHECK_COLUMNS.length;
  const wide = (cells: readonly string[]) =>
    Array.from({ length: width }, (_, at) => cells[at] ?? '');
  return {
    head: [
      ...heads.map(({ header }) => header),
      ...CHECK_COLUMNS.map((column) => words.checkOf(column)),
    ],
    rows: [
      ...table.lines.map((line) => [
        ...heads.map(({ is }) => cellOf(is, { line, table, words })),
        ...(line.record ? [words.stateOf(line.state), line.person, line.record] : ['', '', '']),
      ]),
      wide([]),
      ...factsOf(table, words).map(wide),
    ],
  };
}

/** What a column says of one line; a signature is for a pen. */
export function cellOf(
  is: SheetColumn,
  { line, table, words }: { line: RollLine; table: RollTable; words: SheetWords },
): string {
  const cells: Record<SheetColumn, string | undefined> = {
    number: line.number === null ? '' : String(line.number),
    name: words.labelOf(line),
    hans: line.names?.hans,
    hant: line.names?.hant,
    group: words.groupOf(line.group),
    membership: words.membershipOf(line.membership),
    state: words.stateOf(line.state),
    how: words.howOf(line.how),
    remark: words.remarkOf(line),
    activity: words.title,
    day: words.day,
    place: table.activity.place,
    id: line.person,
    signature: '',
    blank: '',
  };
  return cells[is] ?? '';
}

function factsOf(table: RollTable, words: SheetWords): string[][] {
  const { activity, count, expected, headcount, here, paper } = table;
  const values: Record<Fact, string | undefined> = {
    activity: words.title,
    day: words.day,
    place: activity.place,
    late: table.late ? (table.late.reason ?? words.yes) : undefined,
    expected: expected > 0 ? String(expected) : undefined,
    present: String(here),
    online: String(count.online),
    leave: String(count.leave),
    id: activity.id,
    headcount: headcount === null ? '' : String(headcount),
    paper: String(paper.here),
    code: codeOf(table) ?? '',
  };
  return FACTS.filter((fact) => values[fact] !== undefined).map((fact) => [
    words.factOf(fact),
    values[fact] ?? '',
  ]);
}
