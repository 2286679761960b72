import type { BranchBody } from '#domain/bodies/organisation.ts';
import type { Names } from '#domain/bodies/shared.ts';
import type { Ids } from '#lib/ids.ts';
import { fold } from '#script/fold.ts';
import type { ListedBranch } from './branch-tree.ts';
import type { PastedBranch } from './parse-branches.ts';
import { namesIn } from './plan-roster.ts';

/** What a pasted list means beside the branches that are there. */
export interface BranchPlan {
  adding: PastedBranch[];
  /** In the county already, in either script. */
  existing: PastedBranch[];
  /** Twice in the list; the first is among the others. */
  repeated: PastedBranch[];
}

interface Known {
  name: string;
  /** '' where none is written: then the name alone decides. */
  township: string;
  listed: boolean;
}

/**
 * Two branches are one where name and township are written alike in either script; one of the two
 * without a township is taken for the same, because it would be entered twice more often than not.
 */
export function planBranches(
  pasted: readonly PastedBranch[],
  listed: readonly ListedBranch[],
): BranchPlan {
  const known = new Map<string, Known[]>();
  const add = (one: Known) => known.set(one.name, [...(known.get(one.name) ?? []), one]);
  listed.forEach((branch) => knownAs(branch).forEach(add));
  const plan: BranchPlan = { adding: [], existing: [], repeated: [] };
  for (const one of pasted) {
    const [name, township] = [fold(one.name), fold(one.township ?? '')];
    const same = (known.get(name) ?? []).find(
      (other) => !other.township || !township || other.township === township,
    );
    if (same) (same.listed ? plan.existing : plan.repeated).push(one);
    else plan.adding.push(one);
    if (!same) add({ name, township, listed: false });
  }
  return plan;
}

function knownAs({ names, township }: ListedBranch): Known[] {
  const townships = writings(township);
  return writings(names).flatMap((name) =>
    (townships.length > 0 ? townships : ['']).map((one) => ({ name, township: one, listed: true })),
  );
}

const writings = (names: Names | undefined) => [
  ...new Set([names?.hans, names?.hant].filter((name) => name !== undefined).map(fold)),
];

/**
 * The `branch` records that enter them. A township that the county has already is written as it is
 * there, in both scripts where both are known; everything else in the script in which it was typed.
 */
export function branchDrafts(
  added: readonly PastedBranch[],
  listed: readonly ListedBranch[],
  deps: { county: string; script: 'hans' | 'hant'; ids: Ids },
): { kind: 'branch'; scope: string; subject: null; body: BranchBody }[] {
  const townships = new Map<string, Names>();
  for (const { township } of listed)
    for (const key of township ? writings(township) : [])
      townships.set(key, townships.get(key) ?? (township as Names));
  return added.map(({ name, township }) => {
    const names = namesIn(deps.script, name);
    const place = township && (townships.get(fold(township)) ?? namesIn(deps.script, township));
    const body = { branch: deps.ids.next(), names, ...(place && { township: place }) };
    return { kind: 'branch', scope: deps.county, subject: null, body };
  });
}
