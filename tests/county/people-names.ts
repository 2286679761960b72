/**
 * Invented people of a county, in both scripts side by side as a roster has them: names are never
 * converted, so both are written here. Compound surnames, minority names with a dot, characters that
 * few fonts have, and people of whom only one writing is known.
 */
import type { Names } from '#domain/bodies/shared.ts';
import { oneOf, pairs, type Chance } from './choose.ts';

const SURNAMES = pairs(
  '黄 韦 覃 陈 李 梁 罗 王 张 刘 周 何 莫 蓝 陆 农 邓 谢 钟 杨 卢 龙 蒙 林 吴 叶 郑 苏 冯 潘 岑 区 宁 万 范 余 姜 沈 曾 仇',
  '黃 韋 覃 陳 李 梁 羅 王 張 劉 周 何 莫 藍 陸 農 鄧 謝 鍾 楊 盧 龍 蒙 林 吳 葉 鄭 蘇 馮 潘 岑 區 寧 萬 范 余 姜 沈 曾 仇',
);
const COMPOUND = pairs(
  '欧阳 司徒 诸葛 上官 尉迟 皇甫 令狐 司马',
  '歐陽 司徒 諸葛 上官 尉遲 皇甫 令狐 司馬',
);
const FIRST = pairs(
  '建 国 秀 玉 志 永 家 丽 春 桂 德 文 美 小 福 金 海 明 少 世 后 复 发 云 干 台',
  '建 國 秀 玉 志 永 家 麗 春 桂 德 文 美 小 福 金 海 明 少 世 後 復 發 雲 干 台',
);
const SECOND = pairs(
  '华 强 英 兰 明 福 珍 娟 梅 军 平 生 芳 荣 松 凤 里 才 旺 干 胜 庆 云 琼 宁 义',
  '華 強 英 蘭 明 福 珍 娟 梅 軍 平 生 芳 榮 松 鳳 里 才 旺 干 勝 慶 雲 瓊 寧 義',
);
/** Characters of the extensions too, two halves each in a string. */
const RARE = pairs('翀 犇 喆 堃 䶮 𬱖 𫖯 𬭎 垚 燚', '翀 犇 喆 堃 龑 頠 頫 鐄 垚 燚');
const GIVEN = pairs(
  '阿依古丽 迪丽拜尔 吐尔逊 买买提 艾力 古丽娜尔 阿卜杜拉',
  '阿依古麗 迪麗拜爾 吐爾遜 買買提 艾力 古麗娜爾 阿卜杜拉',
);
const FATHERS = pairs(
  '买买提江 阿不都热合曼 依明 卡德尔 吐尔地',
  '買買提江 阿不都熱合曼 依明 卡德爾 吐爾地',
);

/** Of a thousand: what a county of the south-west has about. */
const DOTTED = 0.02;
const WITH_COMPOUND = 0.02;
const WITH_RARE = 0.01;
const ONE_CHARACTER = 0.15;
const ONE_SCRIPT = 0.03;

/** Somebody's name. */
export function inventName(chance: Chance): Names {
  const names = chance() < DOTTED ? dotted(chance) : ofOneSurname(chance);
  return chance() < ONE_SCRIPT ? { hans: names.hans } : names;
}

function dotted(chance: Chance) {
  const [own, father] = [oneOf(GIVEN, chance), oneOf(FATHERS, chance)];
  return { hans: `${own.hans}·${father.hans}`, hant: `${own.hant}·${father.hant}` };
}

function ofOneSurname(chance: Chance) {
  const surname = oneOf(chance() < WITH_COMPOUND ? COMPOUND : SURNAMES, chance);
  const last = oneOf(chance() < WITH_RARE ? RARE : SECOND, chance);
  const middle = chance() < ONE_CHARACTER ? { hans: '', hant: '' } : oneOf(FIRST, chance);
  return {
    hans: surname.hans + middle.hans + last.hans,
    hant: surname.hant + middle.hant + last.hant,
  };
}
