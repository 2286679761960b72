import { NAME_MAX } from '#domain/bodies/shared.ts';
import { oneDot, typedLine, typedName } from '#lib/typed-text.ts';
import { memberColumns, memberOf, type MemberColumns } from './member-lines.ts';
import { withoutTitles } from './name-titles.ts';
import { pastedLines } from './pasted-lines.ts';

/** A branch has at most some hundred members; a longer paste is taken in parts, the rest stays in the box. */
export const LINES_MAX = 200;

/** domain/bodies/people.ts allows this much. */
const GROUP_MAX = 20;

/** A run of digits this long is a telephone or identity number: the roster takes none (PRODUCT.md, personal data). */
const NUMBER = /[\d０-９]{7,}[\dXx]?/;

/** Each has a text under desk.bad. */
export type BadLine = 'number' | 'no-name' | 'name-long' | 'group-long' | 'too-many';

export interface PastedName {
  /** The line as pasted, or what its columns say, so that it can go back into the box. */
  line: string;
  name: string;
  group: string | null;
}

export interface Pasted {
  good: PastedName[];
  bad: { line: string; reason: BadLine }[];
  /** How many lines had a title beside the name, which is left out. */
  titled: number;
}

/**
 * Reads a pasted list: one name a line, then the group if there is one after a tab, comma or space.
 * Numbering in front, titles and unseen marks are dropped, 「王　芳」 padded for a column is one name.
 * Nothing is converted. A row of headings is nobody: below it, only its columns of names and groups
 * are read.
 */
export function parseNames(text: string): Pasted {
  const pasted: Pasted = { good: [], bad: [], titled: 0 };
  let columns: MemberColumns | null = null;
  pastedLines(text).forEach((whole, at) => {
    const head = memberColumns(whole.split(/[\s,，]+/));
    if (head) return void (columns = memberColumns(whole.split('\t')));
    // What goes back into the box has no headings above it any more.
    const line = columns && whole.includes('\t') ? memberOf(whole.split('\t'), columns) : whole;
    const read = at < LINES_MAX ? readLine(line) : 'too-many';
    if (typeof read === 'string') pasted.bad.push({ line, reason: read });
    else {
      const { titled, ...entry } = read;
      pasted.good.push({ line, ...entry });
      pasted.titled += titled ? 1 : 0;
    }
  });
  return pasted;
}

type Read = Omit<PastedName, 'line'> & { titled: boolean };

function readLine(line: string): Read | BadLine {
  if (NUMBER.test(line)) return 'number';
  const bare = withoutTitles(withoutNumbering(oneDot(line)));
  const [name = '', group = ''] = splitLine(bare?.line ?? '');
  if (!/\p{L}/u.test(name)) return 'no-name';
  if (name.length > NAME_MAX) return 'name-long';
  if (group.length > GROUP_MAX) return 'group-long';
  return { name, group: group || null, titled: bare?.titled ?? false };
}

/** 1. 1、 1) （1） ① - and a column of numbers before a tab. */
function withoutNumbering(line: string): string {
  return line.trim().replace(/^(?:[（(]?[\d０-９]{1,3}[)）.．、,，\s]|\p{No}|[-–—*•●])\s*/u, '');
}

function splitLine(line: string): string[] {
  const columns = line
    .split(/[\t,，;；]/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (columns.length > 1) return [typedName(columns[0] ?? ''), typedLine(columns[1] ?? '')];
  const words = line.split(/\s+/).filter(Boolean);
  const taken = wordsOfName(words);
  return [typedName(words.slice(0, taken).join(' ')), typedLine(words.slice(taken).join(' '))];
}

/** Two or three single characters are one name that was padded; two Latin words are one name too. */
function wordsOfName(words: readonly string[]): number {
  const isLatin = (word = '') => /^\p{Script=Latin}+$/u.test(word);
  if (isLatin(words[0]) && isLatin(words[1])) return 2;
  const long = words.findIndex((word) => [...word].length > 1);
  const single = long < 0 ? words.length : long;
  // 王 芳 一 组: a group may be padded too.
  return single === 2 || single === 3 ? single : single > 3 ? 2 : 1;
}
