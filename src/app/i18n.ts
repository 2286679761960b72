import { createI18n } from 'vue-i18n';
import { LOCALES, type Script } from '#ui/use-script.ts';

/**
 * Compiled at build time, in three parts (scripts/texts-parts.ts): before the first screen only what it
 * says is loaded, in the script in use; what desks say comes with their first screen.
 */
const MESSAGES = {
  hans: {
    first: () => import('#texts/zh-Hans.first.json'),
    rest: () => import('#texts/zh-Hans.rest.json'),
    desk: () => import('#texts/zh-Hans.desk.json'),
  },
  hant: {
    first: () => import('#texts/zh-Hant.first.json'),
    rest: () => import('#texts/zh-Hant.rest.json'),
    desk: () => import('#texts/zh-Hant.desk.json'),
  },
};

type Part = 'first' | 'rest' | 'desk';

/** The other script's texts come when the first screen and the first sync have had the line. */
const OTHER_SCRIPT_AFTER_MS = 3_000;

const other = (script: Script): Script => (script === 'hans' ? 'hant' : 'hans');

/** The app's texts, beginning in `script` with those of the first screen. */
export async function createTexts(script: Script) {
  const i18n = createI18n({ legacy: false, locale: LOCALES[script], missingWarn: false });
  const loaded = new Set<string>();
  let shown = script;
  const wanted = new Set<Part>(['first']);

  async function load(next: Script, part: Part): Promise<void> {
    const name = `${next} ${part}`;
    if (loaded.has(name)) return;
    i18n.global.mergeLocaleMessage(LOCALES[next], (await MESSAGES[next][part]()).default);
    loaded.add(name);
  }

  async function loadAll(next: Script): Promise<void> {
    await Promise.all([...wanted].map((part) => load(next, part)));
  }

  /** Turns every screen to that script. */
  async function show(next: Script): Promise<void> {
    await loadAll(next);
    shown = next;
    i18n.global.locale.value = LOCALES[next];
    document.documentElement.lang = LOCALES[next];
  }

  /** What every screen but the first needs, and a desk's besides; nothing where it is here. */
  async function complete(...desk: 'desk'[]): Promise<void> {
    for (const part of ['rest', ...desk] as const) wanted.add(part);
    await loadAll(shown);
  }

  await show(script);
  // Not needed to read, only to know a word typed in the other script: without it, it stays so.
  setTimeout(() => void loadAll(other(shown)).catch(() => undefined), OTHER_SCRIPT_AFTER_MS);
  return { i18n, show, complete };
}
