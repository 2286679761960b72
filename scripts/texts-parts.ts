/**
 * The app's texts in two parts: what the first screen says, and the rest, which is fetched after it.
 * locales/ stays one file a script; the parts are made while the app is built.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Topmost keys of what `/`, the shell and a failure anywhere say. */
export const FIRST_TEXTS = ['when', 'common', 'app', 'today', 'activities', 'errors'];

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
      const texts = JSON.parse(readFileSync(source, 'utf8')) as Record<string, unknown>;
      const isWanted = (key: string) => FIRST_TEXTS.includes(key) === (part === 'first');
      return JSON.stringify(
        Object.fromEntries(Object.entries(texts).filter(([key]) => isWanted(key))),
      );
    },
  };
}
