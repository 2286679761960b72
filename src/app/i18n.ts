import { createI18n } from 'vue-i18n';
import { LOCALES, type Script } from '#ui/use-script.ts';

/** Compiled at build time; only the script in use is loaded before the first screen. */
const MESSAGES = {
  hans: () => import('#locales/zh-Hans.json'),
  hant: () => import('#locales/zh-Hant.json'),
};

/** The other script's texts come when the first screen and the first sync have had the line. */
const OTHER_SCRIPT_AFTER_MS = 3_000;

const other = (script: Script): Script => (script === 'hans' ? 'hant' : 'hans');

/** The app's texts, beginning in `script`. */
export async function createTexts(script: Script) {
  const i18n = createI18n({ legacy: false, locale: LOCALES[script], missingWarn: false });
  const loaded = new Set<Script>();

  async function load(next: Script): Promise<void> {
    if (loaded.has(next)) return;
    i18n.global.setLocaleMessage(LOCALES[next], (await MESSAGES[next]()).default);
    loaded.add(next);
  }

  /** Turns every screen to that script. */
  async function show(next: Script): Promise<void> {
    await load(next);
    i18n.global.locale.value = LOCALES[next];
    document.documentElement.lang = LOCALES[next];
  }

  await show(script);
  // Not needed to read, only to know a word typed in the other script: without it, it stays so.
  setTimeout(() => void load(other(script)).catch(() => undefined), OTHER_SCRIPT_AFTER_MS);
  return { i18n, show };
}
