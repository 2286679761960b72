import { describe, expect, it } from 'vitest';
import { houseCharacters, housePhrases } from '#script/house-table.ts';
import { toHans } from '#script/to-hans.ts';
import { toHant } from '#script/to-hant.ts';

/** Simplified, then the form that the county prints. */
const words: readonly (readonly [string, string])[] = [
  ['党员干部', '黨員幹部'],
  ['示范岗', '示範崗'],
  ['征文比赛', '徵文比賽'],
  ['心里话', '心裏話'],
  ['公里', '公里'],
  ['志愿服务', '志願服務'],
  ['十严禁、八不准', '十嚴禁、八不准'],
  ['量得不准确', '量得不準確'],
  ['这个数看不准', '這個數看不準'],
  ['平台、舞台、柜台、台风', '平台、舞台、櫃台、颱風'],
  ['联系群众', '聯繫群眾'],
  ['说一说', '說一說'],
  ['贫困户脱贫', '貧困戶脫貧'],
  ['每周工作清单', '每周工作清單'],
  ['信息发布三审核', '信息發布三審核'],
  ['锤炼初心使命', '錘煉初心使命'],
  ['三生红艳', '三生紅艷'],
  ['签到册与纸签', '簽到冊與紙簽'],
  ['标签、书签', '標籤、書籤'],
  ['了解情况', '了解情況'],
  ['头发与发展', '頭髮與發展'],
  ['以后与皇后', '以後與皇后'],
  ['干净、干部、若干', '乾淨、幹部、若干'],
  ['面条与见面', '麵條與見面'],
  ['显著、接着、著作', '顯著、接着、著作'],
  ['卫生与路线', '衛生與路線'],
  ['答复、恢复、复杂', '答覆、恢復、複雜'],
  ['为了启发', '為了啟發'],
  ['好干部', '好幹部'],
  ['搞好干群关系', '搞好幹群關係'],
  ['不准备去', '不準備去'],
  ['两点钟', '兩點鐘'],
  ['余额280余名', '餘額280餘名'],
  ['向群众派发传单', '向群眾派發傳單'],
];

describe('toHant', () => {
  it.each(words)('%s → %s', (hans, hant) => {
    expect(toHant(hans)).toBe(hant);
    expect(toHans(hant)).toBe(hans);
  });

  it('mends text that was half converted', () => {
    expect(toHant('黨員干部的示范作用,心里話與征文')).toBe('黨員幹部的示範作用,心裏話與徵文');
  });

  it('gives the same again when its own output comes in', () => {
    for (const [, hant] of words) expect(toHant(hant)).toBe(hant);
  });

  it('leaves everything that is not Chinese as it is', () => {
    const text = 'Rixue 2021—2023 <b>&amp;</b> {name} | 31 % 😀 𠮷\t\r';
    expect(toHant(text)).toBe(text);
  });
});

describe('house table', () => {
  it('gives every rule a reason and every form one rule', () => {
    const rules = [...houseCharacters, ...housePhrases];
    expect(rules.filter(({ why }) => why.length < 10)).toEqual([]);
    expect(new Set(rules.map(({ from }) => from)).size).toBe(rules.length);
  });

  it('never costs a word its way home', () => {
    for (const { from, to } of [...houseCharacters, ...housePhrases]) {
      expect([to, toHans(to)]).toEqual([to, toHans(from)]);
    }
  });
});
