/**
 * Titles that stand beside names in lists: 支部书记 周建华, 罗明（预备）, 叶志明同志. What somebody is has
 * days and is typed at the person; here it would become a part of the name, or a group.
 */

/** In either script; whole words alone. */
const TITLE =
  '(?:[党黨]?支部)?(?:第一)?副?(?:书记|書記)|[\\p{Script=Han}]{0,4}(?:委员|委員)|(?:[党黨]?小[组組]|[党黨]小)?(?:组长|組長)|(?:正式|预备|預備|流动|流動)?(?:党员|黨員)|正式|预备|預備|流动|流動|可不到[会會]';
/** What lists have beside names and the roster does not keep. */
const UNKEPT = '男|女|\\p{Script=Han}{1,4}族';
const IN_FRONT = new RegExp(`^(?:${TITLE}|姓名|名字)[\\s:：、.．]+(?=\\p{L})`, 'u');
const IN_BRACKETS = new RegExp(`\\s*[（(](?:${TITLE})[）)]`, 'gu');
const BEHIND = new RegExp(`[\\s,，;；]+(?:${TITLE})(?=$|[\\s,，;；])`, 'gu');
const UNKEPT_IN_BRACKETS = new RegExp(`\\s*[（(](?:${UNKEPT})[）)]`, 'gu');
/** Behind two characters, or in a column of its own: 李 亚 男 is a padded name. */
const UNKEPT_BEHIND = new RegExp(
  `(\\S{2}\\s+|[\\t,，;；]\\s*)(?:${UNKEPT})(?=$|[\\s,，;；])`,
  'gu',
);
/** Behind a name of two characters at least: 李同志 may be somebody's name. */
const COMRADE = /^(\p{Script=Han}{2,}?)同志(?=$|[\s,，;；:：])/u;
/** The head of a list. */
const HEADING = /(?:名册|名冊|名单|名單)(?:[（(][^）)]*[）)])?[:：]?$/;

/** The line without its titles, and whether it had one; null where it is the head of a list. */
export function withoutTitles(line: string): { line: string; titled: boolean } | null {
  if (HEADING.test(line)) return null;
  const kept = line.replace(UNKEPT_IN_BRACKETS, '').replace(UNKEPT_BEHIND, '$1');
  const bare = kept
    .replace(IN_FRONT, '')
    .replace(IN_BRACKETS, '')
    .replace(BEHIND, '')
    .replace(COMRADE, '$1');
  return { line: bare, titled: bare !== kept };
}
