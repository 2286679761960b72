import type { Names } from '#domain/bodies/shared.ts';
import { fold } from '#script/fold.ts';
import { pinyinInitials } from '#script/initials.ts';
import type { ListedBranch } from './branch-tree.ts';

/** Lists the branches that a text means, in their order; all of them for an empty one. */
export type BranchSearch = (query: string) => ListedBranch[];

/** Between the names of one branch, so that none is found across two; `fold` leaves no space in a query. */
const BETWEEN = ' ';

/**
 * Finds by the name of branch, township or secretary in either script, and by the initials of its
 * pinyin. Fetched when somebody searches: the folding brings a dictionary.
 */
export function createBranchSearch(branches: readonly ListedBranch[]): BranchSearch {
  const entries = branches.map((branch) => {
    const names = [branch.names, branch.township, ...branch.secretaries.map((one) => one.names)];
    const keys = [...new Set(names.flatMap(writtenAs))].map(fold);
    return { branch, keys: keys.join(BETWEEN), initials: keys.map(pinyinInitials).join(BETWEEN) };
  });
  return (query) => {
    const key = fold(query);
    return entries
      .filter(({ keys, initials }) => keys.includes(key) || initials.includes(key))
      .map(({ branch }) => branch);
  };
}

function writtenAs(names: Names | undefined): string[] {
  return [names?.hans, names?.hant].filter((name) => name !== undefined);
}
