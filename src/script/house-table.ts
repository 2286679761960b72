/**
 * Where the county's traditional text differs from OpenCC's `hk`. Applied after it: characters
 * first, then phrases in house forms, the longest first. Every right-hand side must read back as the same
 * simplified text (tested): a house form never costs a word its way home.
 *
 * Two sources decide: the words the county prints (product words, the report) and, where they are
 * silent, the forms of Hong Kong's school lists and newspapers.
 */
interface HouseRule {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

const bigFive = 'one family with 說: the form that phones type and newspapers print';
const school = "the school lists' form";
const notAllowed = '不准 is "not allowed"; OpenCC always reads it as "not exact"';
const exact = 'here 準 is "exact", so the rule for 不准 must not touch it';

/** Single characters, wherever they stand. */
export const houseCharacters: readonly HouseRule[] = [
  { from: '裡', to: '裏', why: 'the county prints 裏' },
  { from: '臺', to: '台', why: 'the county prints 台' },
  { from: '枱', to: '台', why: 'OpenCC writes 櫃枱 and cannot read it back' },
  { from: '羣', to: '群', why: 'the county prints 群' },
  { from: '説', to: '說', why: 'the county prints 說' },
  { from: '綫', to: '線', why: 'the county prints 線' },
  { from: '衞', to: '衛', why: 'the county prints 衛; OpenCC cannot read 衞 back' },
  { from: '爲', to: '為', why: 'the county prints 為' },
  { from: '麪', to: '麵', why: 'the county prints 麵' },
  { from: '啓', to: '啟', why: 'the county prints 啟' },
  { from: '峯', to: '峰', why: school },
  { from: '户', to: '戶', why: 'the county prints 貧困戶' },
  { from: '悦', to: '悅', why: bigFive },
  { from: '閲', to: '閱', why: bigFive },
  { from: '税', to: '稅', why: bigFive },
  { from: '脱', to: '脫', why: bigFive },
  { from: '鋭', to: '銳', why: bigFive },
  { from: '兑', to: '兌', why: bigFive },
  { from: '蜕', to: '蛻', why: bigFive },
  { from: '温', to: '溫', why: bigFive },
  { from: '愠', to: '慍', why: bigFive },
  { from: '藴', to: '蘊', why: bigFive },
  { from: '醖', to: '醞', why: bigFive },
  { from: '鈎', to: '鉤', why: bigFive },
  { from: '葱', to: '蔥', why: bigFive },
  { from: '囱', to: '囪', why: bigFive },
  { from: '敍', to: '敘', why: 'OpenCC cannot read 敍 back' },
  { from: '佈', to: '布', why: 'the report prints 發布; the school lists have one 布' },
  { from: '週', to: '周', why: 'the county prints 每周工作清單' },
  { from: '鑑', to: '鑒', why: school },
  { from: '豔', to: '艷', why: 'the report prints 三生紅艷' },
  { from: '巖', to: '岩', why: school },
];

/** Words that OpenCC gets wrong for our readers, and the words that those rules must spare. */
export const housePhrases: readonly HouseRule[] = [
  { from: '不準', to: '不准', why: notAllowed },
  ...['不準確', '不準時', '不準備', '看不準', '說不準', '拿不準', '叫不準', '數不準', '算不準'].map(
    keep,
  ),
  ...['記不準', '認不準', '摸不準', '對不準', '吃不準', '定不準', '量不準', '走不準'].map(keep),
  ...['部', '群', '事', '活'].map((tail) => ({
    from: `好乾${tail}`,
    to: `好幹${tail}`,
    why: 'OpenCC cuts 好干部 after 好干 and then dries the cadre',
  })),
  { from: '瞭解', to: '了解', why: school },
  { from: '彙報', to: '匯報', why: 'the report prints 匯報' },
  { from: '彙集', to: '匯集', why: school },
  { from: '傢俱', to: '家具', why: school },
  { from: '釐米', to: '厘米', why: school },
  ...['鍛', '錘', '磨', '修'].map((head) => ({
    from: `${head}鍊`,
    to: `${head}煉`,
    why: 'the report prints 錘煉; 鍊 is left for chains',
  })),
  ...['紙', '補', '代', '面', '已', '未'].map((head) => ({
    from: `${head}籤`,
    to: `${head}簽`,
    why: 'signing a name is 簽; 籤 is a slip or a label',
  })),
];

function keep(word: string): HouseRule {
  return { from: word, to: word, why: exact };
}

/**
 * What opencc-js' t2s leaves as it is although Hong Kong text has it: read beside its own
 * dictionary, so that text from elsewhere reaches simplified too.
 */
export const hansExtras: readonly (readonly [string, string])[] = [
  ['衞', '卫'],
  ['敍', '叙'],
  ['枱', '台'],
];
