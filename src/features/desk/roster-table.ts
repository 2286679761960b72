/** The roster as a table of texts: what a file of it holds. No cause, no card, nothing that opens anything. */
import type { RosterMember } from '#domain/roster.ts';
import type { Table } from '#ui/write-table.ts';

/** In the order of the columns, which the page for pasted names reads back. */
export const COLUMNS = [
  'number',
  'hans',
  'hant',
  'group',
  'by-name',
  'role',
  'membership',
  'state',
  'since',
  'contact',
] as const;
export type Column = (typeof COLUMNS)[number];

/** How things are called in the reader's script. */
export interface TableWords {
  headOf(column: Column): string;
  groupOf(group: string | null): string;
  roleOf(role: string): string;
  membershipOf(membership: string): string;
  stateOf(state: string): string;
  labelOf(member: RosterMember): string;
}

/** Everybody on the list, in its order; names as they were typed, in both scripts side by side. */
export function rosterTable(roster: readonly RosterMember[], words: TableWords): Table {
  return {
    head: COLUMNS.map((column) => words.headOf(column)),
    rows: roster.map((member, at) => {
      const contact = roster.find(({ person }) => person === member.contact);
      const cells: Record<Column, string | null | undefined> = {
        number: String(at + 1),
        hans: member.names.hans,
        hant: member.names.hant,
        group: words.groupOf(member.group),
        'by-name': member.byName,
        role: member.role && words.roleOf(member.role),
        membership: member.membership && words.membershipOf(member.membership),
        state: words.stateOf(member.state),
        since: member.since,
        contact: contact && words.labelOf(contact),
      };
      return COLUMNS.map((column) => cells[column] ?? '');
    }),
  };
}
