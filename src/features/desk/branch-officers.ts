import type { OfficeBody, RoleBody } from '#domain/bodies/organisation.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { inOrder, readable, type Foldable } from '#domain/fold.ts';

/** A record as the administrator's ledger tells it. */
type Row = Foldable<unknown> & { scope: string; state: string };

export interface Officer {
  person: string;
  names: Names;
  /** The day from which they are. */
  since: string;
}

/**
 * Who is secretary of which branch on `day`, or of its committee, in the order of first entry: as the county's register
 * says (`office`, which the server writes for every role), and before it as administrators wrote on
 * this phone and have not sent yet. Of a server from before the register the own words are all.
 */
export function foldOfficers(
  records: readonly Row[],
  day: string,
  wanted: RoleBody['role'] = 'secretary',
): Map<string, Officer[]> {
  const terms = new Map<string, OfficeBody & { person: string }>();
  const put = ({ subject, scope, kind, body }: Row) => {
    const term =
      kind === 'office' ? (body as OfficeBody) : { ...(body as RoleBody), branch: scope };
    if (subject) terms.set(`${term.branch} ${subject} ${term.role}`, { ...term, person: subject });
  };
  const rows = inOrder(readable(records).filter(({ state }) => state !== 'refused'));
  const roles = rows.filter(({ kind }) => kind === 'role');
  roles.filter(({ state }) => state !== 'saved').forEach(put);
  rows.filter(({ kind }) => kind === 'office').forEach(put);
  roles.filter(({ state }) => state === 'saved').forEach(put);
  const officers = new Map<string, Officer[]>();
  for (const { branch, person, names, role, from, to } of terms.values()) {
    if (role !== wanted || from > day || (to !== undefined && to <= day)) continue;
    officers.set(branch, [...(officers.get(branch) ?? []), { person, names, since: from }]);
  }
  return officers;
}
