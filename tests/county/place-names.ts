/** Invented places, in both scripts: twenty townships, and branches in them that no two share. */
import { oneOf, pairs, type Chance } from './choose.ts';

const TOWNSHIPS = pairs(
  '青山镇 云岭镇 龙台镇 白石镇 河口镇 新圩镇 东兰乡 罗江镇 万宁乡 双桥镇 石门乡 凤凰镇 黄岭乡 平乐镇 大湾镇 桂林乡 金鸡镇 三里镇 沙塘镇 城关镇',
  '青山鎮 雲嶺鎮 龍台鎮 白石鎮 河口鎮 新圩鎮 東蘭鄉 羅江鎮 萬寧鄉 雙橋鎮 石門鄉 鳳凰鎮 黃嶺鄉 平樂鎮 大灣鎮 桂林鄉 金雞鎮 三里鎮 沙塘鎮 城關鎮',
);
const BEFORE = pairs(
  '上 下 大 小 东 西 南 北 新 老 石 青 白 黄 龙 凤 金 双 临 长',
  '上 下 大 小 東 西 南 北 新 老 石 青 白 黃 龍 鳳 金 雙 臨 長',
);
const AFTER = pairs(
  '桥 江 塘 岭 坝 洞 湾 屯 坪 寨 坡 田 井 河 沟 庙 村 里',
  '橋 江 塘 嶺 壩 洞 灣 屯 坪 寨 坡 田 井 河 溝 廟 村 里',
);
/** Villages above all; what else a township has. */
const BODIES = pairs(
  '村党支部 村党支部 村党支部 村党支部 村党支部 社区党支部 小学党支部 卫生院党支部 流动党员临时党支部 合作社党支部',
  '村黨支部 村黨支部 村黨支部 村黨支部 村黨支部 社區黨支部 小學黨支部 衞生院黨支部 流動黨員臨時黨支部 合作社黨支部',
);

type Both = { hans: string; hant: string };

/** `count` branches, spread evenly over up to twenty townships. */
export function inventPlaces(count: number, chance: Chance): { names: Both; township: Both }[] {
  const taken = new Set<string>();
  const townships = TOWNSHIPS.slice(0, Math.max(1, Math.ceil(count / 15)));
  return Array.from({ length: count }, (_, at) => {
    const township = townships[Math.floor((at * townships.length) / count)] ?? TOWNSHIPS[0];
    return { names: newName(taken, chance), township: township ?? { hans: '', hant: '' } };
  });
}

function newName(taken: Set<string>, chance: Chance): Both {
  for (;;) {
    const [before, after, body] = [BEFORE, AFTER, BODIES].map((parts) => oneOf(parts, chance));
    const joined = (script: keyof Both) => `${before?.[script]}${after?.[script]}${body?.[script]}`;
    if (taken.has(joined('hans'))) continue;
    taken.add(joined('hans'));
    return { hans: joined('hans'), hant: joined('hant') };
  }
}
