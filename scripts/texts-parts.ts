/**
 * The app's texts in three parts: what the first screen says, what only a desk's screens say, and the
 * rest, which every member's phone fetches after the first screen. locales/ stays one file a script;
 * the parts are made while the app is built.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

type Part = 'first' | 'rest' | 'desk';

/**
 * Keys and the part that all below them is in; of several that hold a key the longest counts, and what
 * none of them holds is of the rest.
 */
const PARTS: Record<string, Part> = {
  // What `/`, the shell and a failure anywhere say.
  when: 'first',
  common: 'first',
  app: 'first',
  today: 'first',
  'activities.type': 'first',
  errors: 'first',
  // Said by screens of their own.
  'errors.invitation': 'rest',
  'errors.move': 'rest',
  // What only screens that need a role say (src/app/router.ts).
  desk: 'desk',
  health: 'desk',
  roll: 'desk',
  sheets: 'desk',
  // Members read these words of themselves too.
  'desk.since': 'rest',
  'desk.role': 'rest',
  'desk.state': 'rest',
  'desk.membership': 'rest',
  'desk.second.as': 'rest',
  'health.title': 'rest',
  'health.note': 'rest',
};

const LOCALES = fileURLToPath(new URL('../locales/', import.meta.url));
const FILE = /^#texts\/(zh-Han[st])\.(first|rest|desk)\.json$/;

/** Resolves `#texts/zh-Hans.first.json` and its like; before the plugin that compiles messages. */
export function textsParts(): Plugin {
  return {
    name: 'rixue-texts-parts',
    enforce: 'pre',
    resolveId(source) {
      return FILE.test(source) ? `${LOCALES}${source.replace('#texts/', 'parts/')}` : null;
    },
    load(id) {
      const [, name, part] = FILE.exec(id.replace(`${LOCALES}parts/`, '#texts/')) ?? [];
      if (!name) return null;
      const source = `${LOCALES}${name}.json`;
      this.addWatchFile(source);
      const texts = JSON.parse(readFileSync(source, 'utf8')) as Texts;
      return JSON.stringify(only(part as Part, texts));
    },
  };
}

interface Texts {
  [key: string]: string | Texts;
}

/** The texts of one part, in their places. */
function only(part: Part, texts: Texts, path = ''): Texts {
  const kept: Texts = {};
  for (const [key, text] of Object.entries(texts)) {
    const name = path + key;
    if (typeof text === 'string') {
      if (partOf(name) === part) kept[key] = text;
      continue;
    }
    const below = only(part, text, `${name}.`);
    if (Object.keys(below).length > 0) kept[key] = below;
  }
  return kept;
}

function partOf(name: string): Part {
  const holding = Object.keys(PARTS).filter((key) => `${name}.`.startsWith(`${key}.`));
  const longest = holding.sort((a, b) => b.length - a.length)[0];
  return (longest && PARTS[longest]) || 'rest';
}
