/**
 * The first character, in the order of pinyin, of every letter that begins a syllable. No dictionary:
 * the browser's own order of Chinese is asked (Intl.Collator: Chrome, Safari and Node have it whole).
 */
const LETTERS = 'ABCDEFGHJKLMNOPQRSTWXYZ';
const FIRSTS = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他屲夕丫帀'];
const HAN = /\p{Script=Han}/u;

let order: Intl.Collator | null | undefined;

/**
 * 石桥村 → sqc; letters and digits stay, all else is left out. A character with several readings
 * counts with its usual one. For searching only; '' where this browser has no Chinese order.
 */
export function pinyinInitials(text: string): string {
  order ??= chineseOrder();
  const found = [...text].map((char) => (HAN.test(char) ? letterOf(char) : latin(char)));
  return order ? found.join('').toLowerCase() : '';
}

function letterOf(char: string): string {
  const after = FIRSTS.findIndex((first) => (order?.compare(char, first) ?? 0) < 0);
  return LETTERS[(after < 0 ? FIRSTS.length : after) - 1] ?? '';
}

const latin = (char: string) => (/[a-z0-9]/i.test(char) ? char : '');

/** Null where the order is another than that of pinyin. */
function chineseOrder(): Intl.Collator | null {
  const collator = new Intl.Collator('zh-Hans-CN');
  const sorted = FIRSTS.every((first, at) => collator.compare(FIRSTS[at - 1] ?? first, first) <= 0);
  return sorted ? collator : null;
}
