import { describe, expect, it } from 'vitest';
import { wordsOf } from '#ui/words-of.ts';

describe('the words of a title', () => {
  it.each([
    ['加一个支部', '加一个|支部'],
    ['加一個支部', '加一個|支部'],
    ['接收转来的党员', '接收|转来的|党员'],
    ['改名称、类别', '改名称、|类别'],
    ['谁在管 · 投诉', '谁在|管\u00a0· |投诉'],
    ['做 51 张邀请', '做 |51\u00a0张|邀请'],
    ['加上 4 個支部', '加上 |4\u00a0個|支部'],
    ['阿依古丽·买买提江', '阿依古丽·|买买提江'],
    ['看自己的学习', '看自己的|学习'],
    ['名册', '名册'],
    ['', ''],
  ])('of %s', (title, words) => {
    expect(wordsOf(title).join('|')).toBe(words);
    expect(wordsOf(title).join('').replace('\u00a0', ' ')).toBe(title);
  });
});
