import type { BranchBody } from '#domain/bodies/organisation.ts';
import type { GeneralFault } from '#domain/branches.ts';
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
  /** The 党总支 that they name is not there, or can't be theirs. */
  wrong: (PastedBranch & { reason: GeneralFault })[];
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
  const plan: BranchPlan = { adding: [], existing: [], repeated: [], wrong: [] };
  for (const one of pasted) {
    const [name, township] = [fold(one.name), fold(one.township ?? '')];
    const same = (known.get(name) ?? []).find(
      (other) => !other.township || !township || other.township === township,
    );
    if (same) (same.listed ? plan.existing : plan.repeated).push(one);
    else plan.adding.push(one);
    if (!same) add({ name, township, listed: false });
  }
  return withoutWrong(plan, listed);
}

function withoutWrong(plan: BranchPlan, listed: readonly ListedBranch[]): BranchPlan {
  const judged = plan.adding.map((one) => ({ ...one, reason: wrongOf(one, plan.adding, listed) }));
  const wrong = judged.flatMap(({ reason, ...one }) => (reason ? [{ ...one, reason }] : []));
  return { ...plan, adding: plan.adding.filter((_, at) => !judged[at]?.reason), wrong };
}

/** Why the 党总支 that it names can't be its own; null where it can, or none is named. */
function wrongOf(
  { general, township, kind }: PastedBranch,
  adding: readonly PastedBranch[],
  listed: readonly ListedBranch[],
): GeneralFault | null {
  if (general === null) return null;
  if (kind === 'general') return 'general-circle';
  const called = [
    ...listed.filter(
      (one) => one.kind === 'general' && writings(one.names).includes(fold(general)),
    ),
    ...adding.filter((one) => one.kind === 'general' && fold(one.name) === fold(general)),
  ];
  if (called.length === 0) return 'general-missing';
  const place = fold(township ?? '');
  const places = called.flatMap((one) =>
    typeof one.township === 'string' ? [fold(one.township)] : placesOf(one.township ?? undefined),
  );
  return places.includes(place) ? null : 'general-township';
}

/** '' where none is written. */
const placesOf = (township: Names | undefined) => {
  const written = writings(township);
  return written.length > 0 ? written : [''];
};

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
  const bodies = added.map(({ name, township, kind }): BranchBody => {
    const names = namesIn(deps.script, name);
    const place = township && (townships.get(fold(township)) ?? namesIn(deps.script, township));
    return {
      ...{ branch: deps.ids.next(), names },
      ...(place && { township: place }),
      ...(kind !== 'ordinary' && { kind }),
    };
  });
  const generals = [...listed, ...bodies].filter(({ kind }) => kind === 'general');
  return bodies.map((body, at) => {
    const named = added[at]?.general;
    const general =
      named &&
      generals.find(
        (one) =>
          writings(one.names).includes(fold(named)) &&
          placesOf(one.township).some((place) => placesOf(body.township).includes(place)),
      )?.branch;
    const whole = general ? { ...body, general } : body;
    return { kind: 'branch', scope: deps.county, subject: null, body: whole };
  });
}
