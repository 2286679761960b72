/**
 * The demonstration county's people and places, all invented. Both scripts are typed by hand:
 * names are never converted.
 */
import type { Names } from '#domain/bodies/shared.ts';

const both = (hans: string, hant = hans): Names => ({ hans, hant });

export interface DemoMember {
  names: Names;
  group: string;
  /** A desk role in the branch. */
  role?: 'secretary' | 'committee';
  /** Gets a printed invitation. */
  invited?: boolean;
}

export interface DemoBranch {
  names: Names;
  members: DemoMember[];
}

export const DEMO_COUNTY = both('演示县', '演示縣');
export const DEMO_TOWNSHIP = both('青山镇', '青山鎮');

const person = (names: Names, group: string, more: Partial<DemoMember> = {}): DemoMember => ({
  ...{ names, group },
  ...more,
});

const FIRST = '一组';
const SECOND = '二组';
const THIRD = '三组';

export const DEMO_BRANCHES: readonly DemoBranch[] = [
  {
    names: both('石桥村党支部', '石橋村黨支部'),
    members: [
      person(both('周建华', '周建華'), FIRST, { role: 'secretary', invited: true }),
      person(both('黄国强', '黃國強'), FIRST, { invited: true }),
      person(both('林秀英'), FIRST),
      person(both('叶志明', '葉志明'), FIRST),
      person(both('钟丽娟', '鍾麗娟'), FIRST),
      person(both('郑玉兰', '鄭玉蘭'), SECOND, { role: 'committee', invited: true }),
      person(both('黄国强', '黃國強'), SECOND),
      person(both('阿依古丽·买买提江', '阿依古麗·買買提江'), SECOND, { invited: true }),
      person(both('罗后福', '羅後福'), SECOND),
      person(both('范里', '范里'), SECOND),
      person(both('万家发', '萬家發'), THIRD, { invited: true }),
      person(both('谢云', '謝雲'), THIRD),
      person(both('邓复生', '鄧復生'), THIRD),
      person(both('余干', '余干'), THIRD),
    ],
  },
  {
    names: both('临江村党支部', '臨江村黨支部'),
    members: [
      person(both('沈维国', '沈維國'), FIRST, { role: 'secretary', invited: true }),
      person(both('陆小凤', '陸小鳳'), FIRST, { invited: true }),
      person(both('姜台生', '姜台生'), FIRST),
      person(both('宁采文', '寧采文'), SECOND),
      person(both('苏发旺', '蘇發旺'), SECOND),
      person(both('岳松', '岳松'), SECOND),
    ],
  },
];

export const DEMO_REVIEWERS: readonly Names[] = [
  both('陈静文', '陳靜文'),
  both('吴晓东', '吳曉東'),
  both('韩梅', '韓梅'),
  both('曾志远', '曾志遠'),
];
