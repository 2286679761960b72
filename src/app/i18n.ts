import { createI18n } from 'vue-i18n';
import { LOCALES, type Script } from '#ui/use-script.ts';
import { rememberScript } from './script-preference.ts';

/** Compiled at build time; only the script in use is loaded before the first screen. */
const MESSAGES = {
  hans: () => import('#locales/zh-Hans.json'),
  hant: () => import('#locales/zh-Hant.json'),
};

/** The app's texts, beginning in `script`. */
export async function createTexts(script: Script) {
  const i18n = createI18n({ legacy: false, locale: LOCALES[script], missingWarn: false });
  const loaded = new Set<Script>();

  async function show(next: Script): Promise<void> {
    if (!loaded.has(next)) {
      i18n.global.setLocaleMessage(LOCALES[next], (await MESSAGES[next]()).default);
      loaded.add(next);
    }
    i18n.global.locale.value = LOCALES[next];
    document.documentElement.lang = LOCALES[next];
  }

  /** Turns every screen to the other script and remembers it. */
  async function switchTo(next: Script): Promise<void> {
    await show(next);
    rememberScript(next);
  }

  await show(script);
  return { i18n, switchTo };
}
