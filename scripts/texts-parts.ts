/**
 * The app's texts in two parts: what the first screen says, and the rest, which is fetched after it.
 * locales/ stays one file a script; the parts are made while the app is built.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Keys of what `/`, the shell and a failure anywhere say, with all below them. */
export const FIRST_TEXTS = ['when', 'common', 'app', 'today', 'activities.type', 'errors'];
/** Below them, but said by screens of their own. */
const NOT_FIRST = ['errors.invitation', 'errors.move'];

const LOCALES = fileURLToPath(new URL('../locales/', import.meta.url));
const PART = /^#texts\/(zh-Han[st])\.(first|rest)\.json$/;

/** Resolves `#texts/zh-Hans.first.json` and its like; before the plugin that compiles messages. */
export function textsParts(): Plugin {
  return {
    name: 'rixue-texts-parts',
    enforce: 'pre',
    resolveId(source) {
      return PART.test(source) ? `${LOCALES}${source.replace('#texts/', 'parts/')}` : null;
    },
    load(id) {
      const [, name, part] = PART.exec(id.replace(`${LOCALES}parts/`, '#texts/')) ?? [];
      if (!name) return null;
      const source = `${LOCALES}${name}.json`;
      this.addWatchFile(source);
      const texts = JSON.parse(readFileSync(source, 'utf8')) as Texts;
      return JSON.stringify(partOf(texts, part === 'first'));
    },
  };
}

interface Texts {
  [key: string]: string | Texts;
}

/** What is below the keys of the first part, or all else. */
function partOf(texts: Texts, first: boolean, path = '', under = false): Texts {
  const part: Texts = {};
  for (const [key, text] of Object.entries(texts)) {
    const name = path + key;
    const isFirst = (under || FIRST_TEXTS.includes(name)) && !NOT_FIRST.includes(name);
    const hasParts = [...FIRST_TEXTS, ...NOT_FIRST].some((other) => other.startsWith(`${name}.`));
    if (typeof text !== 'string' && hasParts) {
      const below = partOf(text, first, `${name}.`, isFirst);
      if (Object.keys(below).length > 0) part[key] = below;
    } else if (isFirst === first) part[key] = text;
  }
  return part;
}
