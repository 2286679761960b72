/** The roster of a branch, folded from `member` and `role` records; the latest of each person stands. */
import type { RoleBody } from './bodies/organisation.ts';
import type { MemberBody } from './bodies/people.ts';
import type { Names } from './bodies/shared.ts';
import { inOrder, type Foldable } from './fold.ts';

export interface RosterMember {
  person: string;
  names: Names;
  group: string | null;
  card: string;
  role: 'secretary' | 'committee' | null;
}

type RosterRecord = Foldable<unknown>;

/**
 * Everybody on the list: by group as first typed, within it in the order of first entry.
 * A table in roster order never ranks anybody (PRODUCT.md, "Who sees what").
 */
export function foldRoster(records: readonly RosterRecord[]): RosterMember[] {
  const members = new Map<string, RosterMember>();
  for (const record of inOrder(records)) {
    if (!record.subject) continue;
    const before = members.get(record.subject);
    if (record.kind === 'member') members.set(record.subject, fromMember(record, before));
    if (record.kind === 'role') members.set(record.subject, fromRole(record, before));
  }
  return byGroup([...members.values()]);
}

function fromMember(record: RosterRecord, before: RosterMember | undefined): RosterMember {
  const body = record.body as MemberBody;
  return {
    person: record.subject ?? '',
    names: body.names,
    group: body.group ?? null,
    card: body.card,
    role: before?.role ?? null,
  };
}

function fromRole(record: RosterRecord, before: RosterMember | undefined): RosterMember {
  const body = record.body as RoleBody;
  const role = body.to ? null : body.role;
  if (before) return { ...before, role };
  return { person: record.subject ?? '', names: body.names, group: null, card: body.card, role };
}

function byGroup(members: RosterMember[]): RosterMember[] {
  const groups = [...new Set(members.map((member) => member.group))];
  return groups.flatMap((group) => members.filter((member) => member.group === group));
}

/** The person whose card or screen was scanned, or null when nobody on this roster has that id. */
export function findByCard(roster: readonly RosterMember[], card: string): RosterMember | null {
  return roster.find((member) => member.card === card) ?? null;
}
