/** Up to so many characters a title stands on one line at every size of text. */
const ONE_LINE = 4;

let segmenter: Intl.Segmenter | null = null;

/**
 * The words of a title or a button, so that it is broken between them only: at a large text 加一个支部
 * reads 加一个 and 支部 below it. As one piece where it is short, or where the browser knows no words.
 */
export function wordsOf(title: string): string[] {
  // A name of two parts, which no dictionary knows.
  if (/^[^ ·]+·[^ ]+$/.test(title)) return title.match(/[^·]+·?/g) ?? [title];
  if (title.length <= ONE_LINE || !('Segmenter' in Intl)) return [title];
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  // No line begins with the dot between two of a title.
  // And a number stands beside what it counts.
  const text = title.replace(/ (?=·)/g, '\u00a0').replace(/(\d) (?=\p{Script=Han})/gu, '$1\u00a0');
  return [...segmenter.segment(text)].reduce<string[]>((words, { segment, isWordLike }) => {
    const last = words[words.length - 1]; // `at` is younger than Intl.Segmenter
    // What closes or joins stays with the word before it.
    const begins = isWordLike && !STAYS.test(segment) && !last?.endsWith('\u00a0');
    // No line of one character: 看 goes with 自己的, 要 with 加.
    const isAlone = last?.length === 1 && segment.length < ONE_LINE;
    if (last === undefined || (begins && !isAlone)) return [...words, segment];
    return [...words.slice(0, -1), last + segment];
  }, []);
}

const STAYS = /^[的了来來吗嗎们們个個器]$/;
