/**
 * The kinds of branch (支部工作條例, art. 4–6): an ordinary 黨支部, a 臨時黨支部 with a last day, and a
 * 黨總支, which has a roster of its own and branches of its township under it. Two administrators may
 * write without a network; whatever comes of it, the tree has each branch once and goes no deeper.
 */
import type { BranchBody } from './bodies/organisation.ts';
import type { Names } from './bodies/shared.ts';

export type BranchKind = 'ordinary' | NonNullable<BranchBody['kind']>;

type Kinded = Pick<BranchBody, 'kind' | 'until'>;
type Placed = Pick<BranchBody, 'branch' | 'township' | 'kind' | 'general'>;

/** What a branch is. */
export function kindOf({ kind }: Pick<Kinded, 'kind'>): BranchKind {
  return kind ?? 'ordinary';
}

/** Whether a temporary branch has had its last day. Nothing of it is deleted: it opens no new activity. */
export function isOver({ kind, until }: Kinded, today: string): boolean {
  return kind === 'temporary' && until !== undefined && until < today;
}

const TEMPORARY = /[临臨][时時]([党黨]?支部|[党黨][组組][织織])/u;
const GENERAL = /[总總]支(部)?([委][员員][会會])?$/u;

/** What a name suggests, in either script. */
export function kindByName(name: string): BranchKind {
  if (TEMPORARY.test(name)) return 'temporary';
  return GENERAL.test(name.trim()) ? 'general' : 'ordinary';
}

/** Whether two townships are one: written alike in either script, or neither is written. */
export function isSameTownship(a: Names | undefined, b: Names | undefined): boolean {
  const [these, those] = [writings(a), writings(b)];
  if (these.length === 0 || those.length === 0) return these.length === those.length;
  return these.some((name) => those.includes(name));
}

const writings = (names: Names | undefined) =>
  [names?.hans, names?.hant].filter((name) => name !== undefined);

/** Why a branch may not belong to that 黨總支; each has a text under desk.wrong. */
export type GeneralFault = 'general-missing' | 'general-township' | 'general-circle';

/** Null where it may. */
export function generalFault(branch: Placed, branches: readonly Placed[]): GeneralFault | null {
  if (branch.general === undefined) return null;
  const general = branches.find((one) => one.branch === branch.general);
  if (!general || general.branch === branch.branch)
    return general ? 'general-circle' : 'general-missing';
  // One that belongs to another can't have branches itself: so there is never a circle.
  if (general.general !== undefined || branch.kind === 'general') return 'general-circle';
  if (general.kind !== 'general') return 'general-missing';
  return isSameTownship(branch.township, general.township) ? null : 'general-township';
}

/** The branches in their order, each 黨總支 followed by its own; `under` says which those are. */
export function asTree<B extends Placed>(branches: readonly B[]): { branch: B; under: boolean }[] {
  const belongs = (one: B) => one.general !== undefined && generalFault(one, branches) === null;
  return branches
    .filter((one) => !belongs(one))
    .flatMap((branch) => [
      { branch, under: false },
      ...branches
        .filter((one) => one.general === branch.branch && belongs(one))
        .map((one) => ({ branch: one, under: true })),
    ]);
}
