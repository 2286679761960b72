/** The texts of locales/ by their keys, for tests that press what a person presses. */
import { readFileSync } from 'node:fs';

export type Script = 'hans' | 'hant';

type Texts = { [key: string]: string | Texts };

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../locales/${name}.json`, import.meta.url), 'utf8')) as Texts;
const texts: Record<Script, Texts> = { hans: read('zh-Hans'), hant: read('zh-Hant') };

/** The text of a key; throws where there is none. */
export function words(key: string, script: Script = 'hans'): string {
  const found = key
    .split('.')
    .reduce<string | Texts | undefined>(
      (at, part) => (typeof at === 'object' ? at[part] : undefined),
      texts[script],
    );
  if (typeof found !== 'string') throw new Error(`no text ${key}`);
  return found;
}

/** What a key looks like on a screen where its text is missing: `today.half-hour`. */
export const KEY_ON_SCREEN = new RegExp(
  `(?<![\\w.])(${Object.keys(texts.hans).join('|')})(\\.[A-Za-z][\\w-]*)+`,
);
