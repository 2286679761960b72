import { describe, expect, it } from 'vitest';
import { byTownship, type ListedBranch } from '#features/desk/branch-tree.ts';
import { createBranchSearch } from '#features/desk/find-branches.ts';

type Written = { hans?: string; hant?: string };

const branch = (names: Written, township?: Written, secretary?: Written): ListedBranch => ({
  branch: JSON.stringify(names),
  names,
  ...(township && { township }),
  secretaries: secretary ? [{ names: secretary }] : [],
});

const STONE = branch(
  { hans: '石桥村党支部' },
  { hans: '青山镇', hant: '青山鎮' },
  { hans: '欧阳建国' },
);
const RIVER = branch({ hant: '臨江村黨支部' }, { hant: '青山鎮' });
const SCHOOL = branch({ hans: '一中党支部' });
const CLOUD = branch({ hans: '云岭村党支部' }, { hans: '云岭镇' });
const ALL = [STONE, SCHOOL, CLOUD, RIVER];

describe('the tree of branches', () => {
  it('puts two writings of one township together, and those without one last', () => {
    const tree = byTownship(ALL).map(({ names, branches }) => [names?.hans, branches]);
    expect(tree).toEqual([
      ['青山镇', [STONE, RIVER]],
      ['云岭镇', [CLOUD]],
      [undefined, [SCHOOL]],
    ]);
  });
});

describe('the search for a branch', () => {
  const search = createBranchSearch(ALL);

  it('finds a name in whichever script it is typed', () => {
    expect(search('石橋')).toEqual([STONE]);
    expect(search('临江村')).toEqual([RIVER]);
  });

  it('finds by township, by secretary and by the initials of pinyin', () => {
    expect(search('雲嶺鎮')).toEqual([CLOUD]);
    expect(search('歐陽')).toEqual([STONE]);
    expect(search('SQC')).toEqual([STONE]);
    expect(search('qsz')).toEqual([STONE, RIVER]);
  });

  it('finds nothing across two names of one branch, and nothing for what is nowhere', () => {
    expect(search('党支部青山')).toEqual([]);
    expect(search('xyz')).toEqual([]);
  });
});
