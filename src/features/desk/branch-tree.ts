import type { BranchBody } from '#domain/bodies/organisation.ts';
import type { Names } from '#domain/bodies/shared.ts';

/** A branch as the administrator's desk lists it. */
export interface ListedBranch extends BranchBody {
  secretaries: readonly { names: Names }[];
}

/** The branches of one township; those without one stand together, with null. */
export interface Township {
  names: Names | null;
  branches: ListedBranch[];
}

/**
 * The county as a tree, townships in the order of their first branch, those without one last. Two
 * entries are one township where they are written alike in either script: names are never converted.
 */
export function byTownship(branches: readonly ListedBranch[]): Township[] {
  const known = new Map<string, Township>();
  const townships: Township[] = [];
  const rest: Township = { names: null, branches: [] };
  for (const branch of branches) {
    const written = [branch.township?.hans, branch.township?.hant].filter(
      (name) => name !== undefined,
    );
    let township = written.map((name) => known.get(name)).find(Boolean);
    if (!township && branch.township)
      townships.push((township = { names: branch.township, branches: [] }));
    for (const name of township ? written : []) known.set(name, township as Township);
    (township ?? rest).branches.push(branch);
  }
  return rest.branches.length > 0 ? [...townships, rest] : townships;
}

/** What a township is kept under. */
export function townshipKey({ names }: Township): string {
  return names?.hans ?? names?.hant ?? '';
}
