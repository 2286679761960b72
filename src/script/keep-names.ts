/** A person's or place's name in both scripts: what a converter makes of a name is a guess. */
export interface BothForms {
  readonly hant: string;
  readonly hans: string;
}

/**
 * `convert`, except that the names go over as given: whatever stands between them is converted.
 * `from` tells which form the text holds. Where two names begin at one place the longer one wins.
 */
export function keepNames(
  convert: (text: string) => string,
  names: readonly BothForms[],
  from: 'hant' | 'hans',
): (text: string) => string {
  const to = from === 'hant' ? 'hans' : 'hant';
  const table = new Map(names.filter((name) => name[from] !== '').map((n) => [n[from], n[to]]));
  if (table.size === 0) return convert;
  const longestFirst = [...table.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(${longestFirst.map(escape).join('|')})`, 'u');
  return (text) =>
    text
      .split(pattern)
      .map((part) => table.get(part) ?? convert(part))
      .join('');
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
